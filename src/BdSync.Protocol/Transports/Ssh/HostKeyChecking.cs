namespace BdSync.Protocol.Transports.Ssh;

/// <summary>What happens with a host's key that no known_hosts file has: <c>StrictHostKeyChecking</c> of ssh_config(5).</summary>
public enum HostKeyChecking
{
    /// <summary>It is refused: <c>yes</c>, and <c>ask</c>, for nobody can be asked.</summary>
    Strict,

    /// <summary>It is taken and noted; a changed one is refused: <c>accept-new</c>.</summary>
    AcceptNew,

    /// <summary>Any key is taken, a changed one, too, with a warning: <c>no</c>, <c>off</c>.</summary>
    Off,
}
