using System.Globalization;
using BdSync.Protocol.Transports.Ssh.Trust;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>The lines that name a host are those that ssh-keygen -F finds.</summary>
public sealed class KnownHostsProperties(TestKeys keys) : IClassFixture<TestKeys>, IDisposable
{
    private readonly TestKeys keys = keys.Require();
    private readonly TemporaryFolder folder = new();

    // Few letters, so that patterns fit often.
    private static readonly Gen<string> Names =
        Gen.Elements('a', 'b', '.', '-', '1').NonEmptyListOf().Select(letters => string.Concat(letters.Take(6))).Where(name => name[0] != '-');

    private static readonly Gen<string> Patterns =
        Gen.Elements('a', 'b', 'A', 'B', '.', '-', '1', '*', '?', '!', ',', '[', ']', ':', '2').NonEmptyListOf().Select(letters => string.Concat(letters.Take(12)));

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 150)]
    public Property Patterns_fit_as_ssh_keygen_says() => Prop.ForAll(
        Arb.From(Names), Arb.From(Gen.Choose(0, 2)), Arb.From(Patterns.NonEmptyListOf()), (name, portKind, patterns) =>
        {
            var lookup = GetLookup(name, portKind);
            AssertSameLines([.. patterns.Append(lookup.Text).Select(pattern => $"{pattern} {keys.Ed25519}")], lookup);
        });

    [Property(MaxTest = 60)]
    public Property Hashed_names_are_found_as_ssh_keygen_says() => Prop.ForAll(
        Arb.From(Names), Arb.From(Gen.Choose(0, 2)), Arb.From(Names.NonEmptyListOf()), (name, portKind, others) =>
        {
            var lookup = GetLookup(name, portKind);
            var file = folder.GetPath("hashed");
            File.WriteAllLines(file, others.Append(lookup.Text).Append($"[{name}]:7").Select(other => $"{other} {keys.Ed25519}"));
            OpenSsh.RunOrFail("ssh-keygen", "-q", "-H", "-f", file);
            AssertSameLines(File.ReadAllLines(file), lookup);
        });

    [Property(MaxTest = 300)]
    public Property Damaged_lines_are_passed_over() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 300)), Arb.From(Gen.Choose(0, 255)), Arb.From(Gen.Choose(0, 4)), (position, value, kind) =>
        {
            string[] lines = [$"h {keys.Ed25519}", $"@revoked h,g {keys.Rsa} a comment", $"@cert-authority *.h {keys.Ecdsa}",
                $"|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= {keys.Ed25519}", $"[h]:22 {keys.Rsa}"];
            var bytes = System.Text.Encoding.ASCII.GetBytes(lines[kind] + "\n");
            bytes[position % bytes.Length] = (byte)value;
            var file = folder.CreateFile("damaged", [.. bytes, .. System.Text.Encoding.ASCII.GetBytes($"h {keys.OtherEd25519}\n")]);

            var found = Find(file, "h", 22);
            if (position % bytes.Length != bytes.Length - 1)
            {
                Assert.Contains(found, entry => entry.Key.ToString() == keys.OtherEd25519);
            }
        });

    [Property(MaxTest = 500)]
    public Property Bytes_that_are_no_key_are_refused_without_an_exception() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 255).ArrayOf()), Arb.From(Gen.Choose(0, 60)), (noise, kept) =>
        {
            byte[] blob = [.. TestKeys.GetBlob(keys.Ed25519).Take(kept), .. noise.Select(value => (byte)value)];
            if (HostKey.TryRead(blob, out var key))
            {
                Assert.Equal(blob, key.Blob.ToArray());
                Assert.All(key.Type, character => Assert.InRange(character, '!', '~'));
            }
        });

    private static (string Text, string Name, int Port) GetLookup(string name, int portKind) =>
        portKind == 0 ? (name, name, 22) : ($"[{name}]:{portKind.ToString(CultureInfo.InvariantCulture)}", name, portKind);

    private static List<KnownHostEntry> Find(string file, string name, int port)
    {
        var entries = new List<KnownHostEntry>();
        var names = LookupNames.Create(TestHost.Create("unused", port, file) with { HostName = name });
        Assert.True(KnownHostsFile.TryFind(file, names, _ => { }, entries));
        return entries;
    }

    private void AssertSameLines(string[] lines, (string Text, string Name, int Port) lookup)
    {
        var file = folder.GetPath("known_hosts");
        File.WriteAllLines(file, lines);

        // An alias, for a name such as 1.1 is an address to the lookup otherwise.
        var entries = new List<KnownHostEntry>();
        var names = LookupNames.Create(TestHost.Create(lookup.Name, lookup.Port, file, alias: lookup.Text));
        Assert.True(KnownHostsFile.TryFind(file, names, _ => { }, entries));
        Assert.Equal(OpenSsh.FindLines(file, lookup.Text), entries.Select(entry => entry.Line));
    }
}
