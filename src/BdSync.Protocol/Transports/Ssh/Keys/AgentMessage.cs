namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>The numbers of the agent protocol's messages that are used here (draft-miller-ssh-agent, section 6.1).</summary>
internal enum AgentMessage : byte
{
    Failure = 5,

    RequestIdentities = 11,

    IdentitiesAnswer = 12,

    SignRequest = 13,

    SignResponse = 14,
}
