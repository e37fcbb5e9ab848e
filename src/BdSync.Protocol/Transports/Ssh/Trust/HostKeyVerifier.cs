using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// Decides for one connection whether the host is the one that was meant, as ssh(1) does with its known_hosts files and
/// <c>StrictHostKeyChecking</c>. What is read and decided belongs to the connection: a new one needs a new verifier.
/// </summary>
internal sealed class HostKeyVerifier
{
    private readonly SshHostSettings settings;
    private readonly Action<string> warn;
    private readonly KnownHosts knownHosts;
    private readonly HostKeyMessages messages;
    private HostKey? accepted;
    private string? certificateObjection;
    private KnownHostEntry? revokedAuthority;

    /// <summary>Reads the known_hosts files.</summary>
    /// <param name="settings">The host, the files, and how strict to be.</param>
    /// <param name="warn">Takes messages for the user, here and from the thread that receives the host's key.</param>
    public HostKeyVerifier(SshHostSettings settings, Action<string> warn)
    {
        this.settings = settings;
        this.warn = warn;
        knownHosts = KnownHosts.Read(settings, warn);
        messages = new HostKeyMessages(settings, knownHosts);
    }

    /// <summary>
    /// Why <see cref="Accept"/> refused a key, with the exit status <see cref="BdSyncExitStatus.Connection"/>; null if it didn't. To be thrown in
    /// place of what SSH.NET throws then, which only says that the key exchange failed.
    /// </summary>
    public TransportException? Failure { get; private set; }

    /// <summary>Sets which host key algorithms a connection offers, and in which order. To be called before it connects.</summary>
    public void OrderHostKeyAlgorithms(ConnectionInfo connection)
    {
        var names = HostKeyAlgorithms.Order(knownHosts.KeyTypes, withCertificates: knownHosts.Authorities.Any());
        HostKeyAlgorithms.Set(connection, names, IsAcceptable);
    }

    /// <summary>
    /// For SSH.NET's <c>HostKeyReceived</c>, which comes again whenever new session keys are made. Sets <see cref="HostKeyEventArgs.CanTrust"/>, and
    /// never to true before all is checked.
    /// </summary>
    /// <returns>Whether the key is accepted; if not, <see cref="Failure"/> says why.</returns>
    public bool Accept(HostKeyEventArgs presented)
    {
        presented.CanTrust = false;
        try
        {
            Verify(presented.HostKey, presented.Certificate);
            presented.CanTrust = true;
        }
        catch (TransportException exception)
        {
            Failure ??= exception;
        }

        return presented.CanTrust;
    }

    /// <summary>Returns if the host's key is accepted; the first one is then kept, and no other one is accepted after it.</summary>
    /// <param name="keyBlob">The key, also where there is a certificate of it.</param>
    /// <param name="certificate">A certificate whose signature has been verified; null if the host showed none.</param>
    /// <exception cref="TransportException">The key is refused.</exception>
    public void Verify(ReadOnlySpan<byte> keyBlob, Certificate? certificate = null)
    {
        if (!HostKey.TryRead(keyBlob, out var key))
        {
            throw Refuse(messages.DescribeUnreadable());
        }

        if (accepted is null)
        {
            Verify(key, certificate);
            accepted = key;
        }
        else if (!key.IsSameAs(accepted))
        {
            throw Refuse(messages.DescribeReplaced(key, accepted));
        }
    }

    private void Verify(HostKey key, Certificate? certificate)
    {
        var status = knownHosts.Check(key, out var places);
        if (status == HostKeyStatus.Revoked)
        {
            throw Refuse(messages.DescribeRevoked(key, places[0]));
        }

        if (certificate is not null && IsAcceptable(certificate))
        {
            return;
        }

        if (revokedAuthority is not null)
        {
            throw Refuse(messages.DescribeRevokedAuthority(key, revokedAuthority));
        }

        if (status == HostKeyStatus.Unknown)
        {
            VerifyUnknown(key);
        }
        else if (status == HostKeyStatus.Changed)
        {
            VerifyChanged(key, places);
        }
    }

    private void VerifyUnknown(HostKey key)
    {
        // A file that can't be read may know another key.
        var isNewForSure = knownHosts.UnreadFile is null;
        if (settings.StrictHostKeyChecking == HostKeyChecking.Strict || (settings.StrictHostKeyChecking == HostKeyChecking.AcceptNew && !isNewForSure))
        {
            throw Refuse(messages.DescribeUnknown(key, certificateObjection));
        }

        if (settings.StrictHostKeyChecking == HostKeyChecking.Off)
        {
            warn(messages.DescribeUncheckedUnknown(key));
        }

        Note(key);
    }

    private void VerifyChanged(HostKey key, IReadOnlyList<KnownHostEntry> places)
    {
        if (settings.StrictHostKeyChecking != HostKeyChecking.Off)
        {
            throw Refuse(messages.DescribeChanged(key, places));
        }

        warn(messages.DescribeUncheckedChanged(key, places));
    }

    private void Note(HostKey key)
    {
        var name = knownHosts.Names.Name;
        if (settings.UserKnownHostsFiles is not [var file, ..])
        {
            warn(messages.DescribeNotNoted("the user has no such file."));
        }
        else if (!KnownHostsWriter.IsWritable(name))
        {
            warn(messages.DescribeNotNoted("its name has characters that mean something else there."));
        }
        else
        {
            try
            {
                KnownHostsWriter.Append(file, name, key);
                warn(messages.DescribeNoted(key, file));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                warn(messages.DescribeNotNoted(exception.Message));
            }
        }
    }

    private bool IsAcceptable(Certificate certificate)
    {
        certificateObjection = HostCertificateCheck.FindObjection(certificate, knownHosts, DateTimeOffset.UtcNow);
        revokedAuthority = HostKey.TryRead(certificate.CertificateAuthorityKey, out var authority) ? knownHosts.FindRevocation(authority) : null;
        return certificateObjection is null;
    }

    private static TransportException Refuse(string message) => new(BdSyncExitStatus.Connection, message);
}
