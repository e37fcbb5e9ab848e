namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A key or certificate whose private part an agent has.</summary>
internal sealed class AgentKey(SshAgent agent, PublicKey key, string comment) : IKeySigner
{
    public PublicKey Key { get; } = key;

    /// <summary>What the agent says of it; fit for messages.</summary>
    public string Comment { get; } = comment;

    /// <inheritdoc/>
    /// <remarks>Nobody can tell whether a key was added with ssh-add -c.</remarks>
    public bool MayAskUser => true;

    /// <inheritdoc/>
    public byte[] Sign(PublicKey key, SignatureAlgorithm algorithm, byte[] data) => agent.Sign(Key, algorithm, data);
}
