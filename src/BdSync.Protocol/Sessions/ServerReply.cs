using System.Buffers;
using BdSync.Protocol.Wire;

namespace BdSync.Protocol.Sessions;

/// <summary>An answer that is ready to be sent. It owns the buffer that the message lies in: whoever sends it disposes of it.</summary>
internal readonly record struct ServerReply(IMessage Message, byte[]? Buffer) : IDisposable
{
    public void Dispose()
    {
        if (Buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }
    }
}
