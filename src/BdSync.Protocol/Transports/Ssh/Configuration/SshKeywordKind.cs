namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>What a keyword of ssh_config(5) takes, and what becomes of it.</summary>
internal enum SshKeywordKind
{
    /// <summary>Known, and of no importance to whom is connected to and trusted.</summary>
    Ignored,

    /// <summary>It would matter and isn't supported: whoever sets it is warned.</summary>
    Unsupported,

    /// <summary>Without it something else would be connected to, or somebody trusted who must not be: whoever sets it gets an error.</summary>
    Refused,

    /// <summary>One word.</summary>
    Word,

    /// <summary>One word; each line adds one.</summary>
    Collected,

    /// <summary>Several words, or <c>none</c> alone.</summary>
    Words,

    /// <summary>yes or no.</summary>
    Flag,

    /// <summary>yes, no, ask, accept-new or off.</summary>
    Checking,

    /// <summary>A span of time in whole seconds.</summary>
    Time,

    /// <summary>A number from 0.</summary>
    Count,

    /// <summary>A number of 1 to 65535.</summary>
    Port,

    /// <summary>A list of hosts with commas between them.</summary>
    Jump,
}
