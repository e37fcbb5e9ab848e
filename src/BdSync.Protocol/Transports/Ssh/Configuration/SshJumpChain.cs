namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>The hosts on the way to a host, each with a configuration of its own, as ssh(1) goes through them for ProxyJump.</summary>
internal static class SshJumpChain
{
    /// <summary>Finds out all about a host and those on the way to it.</summary>
    /// <param name="destination">The host as it was named.</param>
    /// <param name="sources">As for <see cref="SshConfiguration.Resolve"/>; also those of the hosts on the way.</param>
    /// <param name="overrides">As for <see cref="SshConfiguration.Resolve"/>; they are for the destination alone, as with ssh -o.</param>
    /// <param name="warn">As for <see cref="SshConfiguration.Resolve"/>.</param>
    /// <returns>In the order of connecting; the destination is the last one. Only the order counts: what each one's ProxyJump says is in it.</returns>
    /// <exception cref="TransportException">
    /// As for <see cref="SshConfiguration.Resolve"/>; or a host is reached through itself, or through more than <see cref="SshOptionValue.MaxJumps"/> others.
    /// </exception>
    public static IReadOnlyList<SshHostSettings> Resolve(
        SshDestination destination,
        SshConfigurationSources sources,
        IEnumerable<KeyValuePair<string, string>> overrides,
        Action<string> warn)
    {
        List<SshHostSettings> chain = [SshConfiguration.Resolve(destination, sources, overrides, warn)];
        while (chain[^1].ProxyJump is { Count: > 0 } jumps)
        {
            var last = jumps[^1];
            if (chain.Count > SshOptionValue.MaxJumps)
            {
                throw CreateError($"more than {SshOptionValue.MaxJumps} hosts");
            }

            if (!SshDestinationParser.TryParseJump(last, out var hop, out var problem))
            {
                throw new TransportException(BdSyncExitStatus.Connection, PrintableText.From($"The host {last} to go through is malformed: {problem}."));
            }

            CheckLoop(chain[^1], hop);
            KeyValuePair<string, string>[] earlier = jumps.Count > 1 ? [new("ProxyJump", string.Join(',', jumps.SkipLast(1)))] : [];
            chain.Add(SshConfiguration.Resolve(hop, sources, earlier, warn));
        }

        chain.Reverse();
        return chain;

        TransportException CreateError(string way) =>
            new(BdSyncExitStatus.Connection, $"{destination} is reached through {way}, so the connection would never be made; look at ProxyJump in the ssh configuration.");

        void CheckLoop(SshHostSettings host, SshDestination hop)
        {
            if (hop.Host == host.HostName && (hop.Port ?? SshConfiguration.DefaultPort) == host.Port && (hop.User ?? host.User) == host.User)
            {
                throw CreateError($"{hop}, which is reached through itself");
            }
        }
    }
}
