using System.Buffers;

namespace BdSync.Protocol.Wire;

/// <summary>A message that can be written.</summary>
internal interface IMessage
{
    /// <summary>Writes the whole message: length, token, payload.</summary>
    void WriteTo(IBufferWriter<byte> output);
}
