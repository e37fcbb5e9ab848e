using System.Collections.Frozen;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>A keyword of ssh_config(5).</summary>
/// <param name="Name">As the man page writes it.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Harmless">Values of an unsupported one that ask for nothing, without case.</param>
internal sealed record SshKeyword(string Name, SshKeywordKind Kind, params string[] Harmless)
{
    // Those of OpenSSH 10, the older names, and those that distributions add.
    private const string IgnoredNames =
        """
        AddKeysToAgent AFSTokenPassing BatchMode CanonicalDomains CanonicalizeFallbackLocal CanonicalizeMaxDots CanonicalizePermittedCNAMEs
        ChallengeResponseAuthentication ChannelTimeout Cipher ClearAllForwardings Compression CompressionLevel ConnectionAttempts ControlMaster ControlPath
        ControlPersist DynamicForward EnableEscapeCommandline EnableSSHKeysign EscapeChar ExitOnForwardFailure FallbackToRsh FingerprintHash
        ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout ForwardX11Trusted GatewayPorts GlobalKnownHostsFile2 GSSAPIAuthentication
        GSSAPIClientIdentity GSSAPIDelegateCredentials GSSAPIKexAlgorithms GSSAPIKeyExchange GSSAPIRenewalForcesRekey GSSAPIServerIdentity GSSAPITrustDns
        HashKnownHosts HostbasedAcceptedAlgorithms HostbasedAuthentication HostbasedKeyTypes IPQoS KbdInteractiveAuthentication
        KbdInteractiveDevices KeepAlive KerberosAuthentication KerberosTgtPassing LocalCommand LocalForward LogLevel LogVerbose NumberOfPasswordPrompts
        ObscureKeystrokeTiming PasswordAuthentication PermitLocalCommand PermitRemoteOpen PreferredAuthentications Protocol ProxyUseFdpass RekeyLimit
        RemoteCommand RemoteForward RequestTTY RhostsAuthentication RhostsRSAAuthentication RSAAuthentication SendEnv SessionType SetEnv SkeyAuthentication
        StdinNull StreamLocalBindMask StreamLocalBindUnlink SyslogFacility Tag TCPKeepAlive TISAuthentication Tunnel TunnelDevice UpdateHostKeys
        UsePrivilegedPort UserKnownHostsFile2 UseRoaming UseKeychain UseRsh VersionAddendum VisualHostKey WarnWeakCrypto XAuthLocation
        """;

    private static readonly SshKeyword[] Named =
    [
        new("CertificateFile", SshKeywordKind.Collected),
        new("Ciphers", SshKeywordKind.Word),
        new("ConnectTimeout", SshKeywordKind.Time),
        new("GlobalKnownHostsFile", SshKeywordKind.Words),
        new("HostKeyAlias", SshKeywordKind.Word),
        new("HostName", SshKeywordKind.Word),
        new("IdentitiesOnly", SshKeywordKind.Flag),
        new("IdentityAgent", SshKeywordKind.Word),
        new("IdentityFile", SshKeywordKind.Collected),
        new("IgnoreUnknown", SshKeywordKind.Word),
        new("Port", SshKeywordKind.Port),
        new("ProxyJump", SshKeywordKind.Jump),
        new("ServerAliveCountMax", SshKeywordKind.Count),
        new("ServerAliveInterval", SshKeywordKind.Time),
        new("StrictHostKeyChecking", SshKeywordKind.Checking),
        new("User", SshKeywordKind.Word),
        new("UserKnownHostsFile", SshKeywordKind.Words),
        new("ProxyCommand", SshKeywordKind.Refused, "none"),
        new("RefuseConnection", SshKeywordKind.Refused, "none"),
        new("RevokedHostKeys", SshKeywordKind.Refused, "none"),
        new("AddressFamily", SshKeywordKind.Unsupported, "any"),
        new("BindAddress", SshKeywordKind.Unsupported),
        new("BindInterface", SshKeywordKind.Unsupported),
        new("CanonicalizeHostname", SshKeywordKind.Unsupported, "no", "false"),
        new("CASignatureAlgorithms", SshKeywordKind.Unsupported),
        new("CheckHostIP", SshKeywordKind.Unsupported, "no", "false"),
        new("HostKeyAlgorithms", SshKeywordKind.Unsupported),
        new("KexAlgorithms", SshKeywordKind.Unsupported),
        new("KnownHostsCommand", SshKeywordKind.Unsupported, "none"),
        new("MACs", SshKeywordKind.Unsupported),
        new("NoHostAuthenticationForLocalhost", SshKeywordKind.Unsupported, "no", "false"),
        new("PKCS11Provider", SshKeywordKind.Unsupported, "none"),
        new("PubkeyAcceptedAlgorithms", SshKeywordKind.Unsupported),
        new("PubkeyAuthentication", SshKeywordKind.Unsupported, "yes", "true", "unbound", "host-bound"),
        new("RequiredRSASize", SshKeywordKind.Unsupported),
        new("SecurityKeyProvider", SshKeywordKind.Unsupported, "none", "internal"),
        new("VerifyHostKeyDNS", SshKeywordKind.Unsupported, "no", "false"),
    ];

    // The names that they had before, which ssh(1) still takes.
    private static readonly (string Old, string Name)[] OldNames =
    [
        ("DSAAuthentication", "PubkeyAuthentication"),
        ("IdentityFile2", "IdentityFile"),
        ("PubkeyAcceptedKeyTypes", "PubkeyAcceptedAlgorithms"),
        ("SmartcardDevice", "PKCS11Provider"),
    ];

    private static readonly FrozenDictionary<string, SshKeyword> All = CreateAll();

    /// <summary>Finds a keyword, without case; null for one that OpenSSH doesn't have. Host, Match and Include are not settings and not here.</summary>
    public static SshKeyword? Find(string name) => All.GetValueOrDefault(name);

    private static FrozenDictionary<string, SshKeyword> CreateAll()
    {
        var keywords = Named.ToDictionary(keyword => keyword.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var name in IgnoredNames.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            keywords.TryAdd(name, new(name, SshKeywordKind.Ignored));
        }

        foreach (var (old, name) in OldNames)
        {
            keywords.Add(old, keywords[name]);
        }

        return keywords.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
