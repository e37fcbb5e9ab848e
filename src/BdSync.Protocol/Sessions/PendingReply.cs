using BdSync.Protocol.Wire;

namespace BdSync.Protocol.Sessions;

/// <summary>A request that has been sent: what may answer it, and who waits.</summary>
internal abstract class PendingReply(IMessage request)
{
    /// <summary>What was sent; it is sent again where the connection had to be opened again.</summary>
    public IMessage Request => request;

    /// <summary>The only message that may come now.</summary>
    public abstract MessageType Type { get; }

    /// <summary>Takes the answer.</summary>
    /// <exception cref="ProtocolException">It does not fit the request; whoever waits is not told by this.</exception>
    public abstract void Accept(Frame frame);

    /// <summary>Tells whoever waits that no answer will come.</summary>
    public abstract void Fail(Exception exception);
}
