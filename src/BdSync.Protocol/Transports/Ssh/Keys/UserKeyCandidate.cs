namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A key that will be offered, before it has its place in the order.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsAgentKey">Whether the agent has the very same key or certificate.</param>
internal sealed record UserKeyCandidate(UserKey Key, bool IsAgentKey);
