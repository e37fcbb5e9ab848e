namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>How a key signs: a public key algorithm name of RFC 4253, section 6.6.</summary>
/// <param name="Name">What the signature says of itself, with a certificate, too.</param>
/// <param name="CertificateName">What a certificate is offered as (OpenSSH's PROTOCOL.certkeys).</param>
/// <param name="AgentFlags">The flags of an agent's sign request (draft-miller-ssh-agent, section 3.6.1): 0, 2 for sha2-256, 4 for sha2-512.</param>
internal sealed record SignatureAlgorithm(string Name, string CertificateName, uint AgentFlags = 0);
