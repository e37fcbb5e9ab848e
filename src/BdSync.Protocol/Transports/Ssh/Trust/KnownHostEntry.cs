namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>A line of a known_hosts file that speaks of the host that was looked up.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Marker">What the line says about the key.</param>
/// <param name="Key">The key, of the host or of an authority.</param>
/// <param name="IsWithoutPort">The line names the host, but not with the port that is connected to.</param>
internal sealed record KnownHostEntry(string File, int Line, KnownHostMarker Marker, HostKey Key, bool IsWithoutPort)
{
    /// <summary><c>FILE:LINE</c>, as in messages.</summary>
    public string Place => $"{File}:{Line}";
}
