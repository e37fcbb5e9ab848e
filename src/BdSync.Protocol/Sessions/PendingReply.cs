using BdSync.Protocol.Wire;

namespace BdSync.Protocol.Sessions;

/// <summary>A request that has been sent: what may answer it, and who waits.</summary>
internal abstract class PendingReply
{
    /// <summary>The only message that may come now.</summary>
    public abstract MessageType Type { get; }

    /// <summary>Takes the answer.</summary>
    /// <exception cref="ProtocolException">It does not fit the request; whoever waits is not told by this.</exception>
    public abstract void Accept(Frame frame);

    /// <summary>Tells whoever waits that no answer will come.</summary>
    public abstract void Fail(Exception exception);
}
