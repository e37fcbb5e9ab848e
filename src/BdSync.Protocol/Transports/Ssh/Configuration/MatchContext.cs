namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>What the criteria of a Match line are compared with.</summary>
/// <param name="Host">The name to connect to, by what has been read so far.</param>
/// <param name="OriginalHost">The host as it was named by the user.</param>
/// <param name="User">The user at the host, by what has been read so far.</param>
/// <param name="LocalUser">The user who runs the program.</param>
/// <param name="IsFinal">Whether the files are being read a second time, for the sake of <c>Match final</c>.</param>
internal sealed record MatchContext(string Host, string OriginalHost, string User, string LocalUser, bool IsFinal);
