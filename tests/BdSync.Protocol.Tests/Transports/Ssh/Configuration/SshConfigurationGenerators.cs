using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Configurations from a grammar, and bytes that only look like one.</summary>
internal static class SshConfigurationGenerators
{
    private static readonly string[] Hosts = ["a", "b", "a.example", "b.example", "10.0.0.1"];

    private static readonly string[] Patterns = ["*", "a", "b", "?", "*.example", "!b", "!*.example", "\"a\"", "a.*", "10.*", "!10.0.0.?", "'b'", "x*y"];

    private static readonly string[] Lists = ["*", "a,b", "*,!b", "!a,*", "*.example", "?", "root,u", "u", "b.example,*"];

    private static readonly string[] Settings =
    [
        "HostName %h.example", "HostName 10.1", "HostName B", "Port 22", "Port 2200", "User u", "User root", "User \"v w\"", "IdentityFile ~/k", "IdentityFile /k/%h/%r", "IdentityFile none",
        "IdentitiesOnly yes", "IdentitiesOnly no", "IdentityAgent none", "IdentityAgent SSH_AUTH_SOCK", "IdentityAgent $BDSYNC_TEST_AGENT", "CertificateFile /c/%p", "UserKnownHostsFile /u/%n ~/u",
        "UserKnownHostsFile none", "GlobalKnownHostsFile none", "GlobalKnownHostsFile /g1 /g2", "HostKeyAlias Alias", "StrictHostKeyChecking accept-new", "StrictHostKeyChecking no",
        "StrictHostKeyChecking ask", "ProxyJump j1,u@j2:23", "ProxyJump none", "ProxyCommand none", "ConnectTimeout 5m", "ConnectTimeout none", "ServerAliveInterval 1m30", "ServerAliveCountMax 0",
        "Ciphers aes128-ctr", "Ciphers aes256-ctr", "LogLevel INFO", "ControlPath ~/%C",
    ];

    private static readonly string[] Separators = [" ", "\t", "=", " = ", "= ", "  "];

    private static readonly string[] Endings = ["", "", "", " ", "\r", " # comment", "\t#"];

    /// <summary>A configuration that ssh takes, and a host.</summary>
    public static Arbitrary<(string Configuration, string Host)> Configurations { get; } = Arb.From(
        from blocks in Gen.ListOf(Gen.OneOf(Host, Match, Setting, Setting, Setting, Blank)).Resize(25)
        from host in Gen.Elements(Hosts)
        from user in Gen.Elements("", "", "me@")
        select (string.Join('\n', blocks), user + host));

    /// <summary>Bytes: any, keywords with anything behind them, and a configuration with some changed.</summary>
    public static Arbitrary<byte[]> HostileFiles { get; } = Arb.From(Gen.OneOf(
        Gen.ArrayOf(AnyByte),
        from lines in Gen.ListOf(HostileLine) select lines.SelectMany(line => line.Append((byte)'\n')).ToArray(),
        from configuration in Configurations.Generator
        from changes in Gen.ListOf(Gen.Choose(0, 10_000).Zip(AnyByte))
        select Change(System.Text.Encoding.UTF8.GetBytes(configuration.Item1 + " "), changes)));

    private static Gen<byte> AnyByte => Gen.OneOf(Gen.Choose(0, 255).Select(number => (byte)number), Gen.Elements("%{}$~!*?[]@:,#\"'\\ \t\n=/"u8.ToArray()));

    private static Gen<byte[]> HostileLine =>
        from keyword in Gen.Elements("Host", "Match", "Include", "HostName", "User", "Port", "IdentityFile", "IdentityAgent", "ProxyJump", "ConnectTimeout", "UserKnownHostsFile", "Match host", "ProxyCommand")
        from value in Gen.ArrayOf(AnyByte)
        select System.Text.Encoding.UTF8.GetBytes(keyword + " ").Concat(value.Where(one => one != '\n')).ToArray();

    private static Gen<string> Host => from patterns in Gen.NonEmptyListOf(Gen.Elements(Patterns)).Resize(3) from line in Decorate("Host " + string.Join(' ', patterns)) select line;

    private static Gen<string> Match =>
        from criteria in Gen.NonEmptyListOf(Gen.Elements("host", "originalhost", "user", "localuser").SelectMany(Criterion)).Resize(3)
        from isAll in Gen.Choose(0, 7)
        from line in Decorate(isAll == 0 ? "Match all" : "Match " + string.Join(' ', criteria))
        select line;

    private static Gen<string> Setting => Gen.Elements(Settings).SelectMany(Decorate);

    private static Gen<string> Blank => Gen.Elements("", "  ", "# comment", "\t# Host *");

    private static Gen<string> Criterion(string name) =>
        from negation in Gen.Elements("", "", "!")
        from list in Gen.Elements(Lists)
        select $"{negation}{name} {list}";

    // A comment behind ProxyJump none or ProxyCommand is a part of the value for ssh 9.2.
    private static Gen<string> Decorate(string line) =>
        from separator in Gen.Elements(Separators)
        from indent in Gen.Elements("", " ", "\t ")
        from isUpper in Gen.Elements(false, true)
        from ending in Gen.Elements(Endings)
        let space = line.IndexOf(' ', StringComparison.Ordinal)
        let keyword = line[..space]
        select $"{indent}{(isUpper ? keyword.ToUpperInvariant() : keyword)}{separator}{line[(space + 1)..]}{(keyword.StartsWith("Proxy", StringComparison.Ordinal) ? "" : ending)}";

    private static byte[] Change(byte[] bytes, IEnumerable<(int Position, byte Value)> changes)
    {
        foreach (var (position, value) in changes)
        {
            bytes[position % bytes.Length] = value;
        }

        return bytes;
    }
}
