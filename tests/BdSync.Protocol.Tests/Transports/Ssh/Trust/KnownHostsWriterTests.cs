using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Trust;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>A key that was noted is known, and what was there before is still there.</summary>
public sealed class KnownHostsWriterTests(TestKeys keys) : IClassFixture<TestKeys>, IDisposable
{
    private readonly TestKeys keys = keys.Require();
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_and_folder_are_made_for_the_user_alone()
    {
        var path = folder.GetPath("ssh/known_hosts");
        KnownHostsWriter.Append(path, "h", GetKey(keys.Ed25519));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder.GetPath("ssh")).UnixFileMode);
        Assert.Equal($"h {keys.Ed25519}\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("# first\n", "# first\n")]
    [InlineData("# first", "# first\n")]
    public void Line_starts_on_a_line_of_its_own(string before, string expected)
    {
        var path = folder.CreateFile("known_hosts", System.Text.Encoding.ASCII.GetBytes(before));
        KnownHostsWriter.Append(path, "h", GetKey(keys.Ed25519));
        KnownHostsWriter.Append(path, "g", GetKey(keys.Rsa));
        Assert.Equal($"{expected}h {keys.Ed25519}\ng {keys.Rsa}\n", File.ReadAllText(path));
    }

    [Fact]
    public void Lines_of_many_writers_do_not_mix()
    {
        var path = folder.GetPath("known_hosts");
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index => KnownHostsWriter.Append(path, $"h{index}", GetKey(keys.Rsa)));

        // Who looks for the last line's end while somebody writes it adds one of its own: an empty line.
        Assert.Equal(
            Enumerable.Range(0, 400).Select(index => $"h{index} {keys.Rsa}").Order(StringComparer.Ordinal),
            File.ReadAllLines(path).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Null_device_takes_keys_and_keeps_none()
    {
        KnownHostsWriter.Append("/dev/null", "h", GetKey(keys.Ed25519));
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [Property(MaxTest = 200)]
    public Property What_was_noted_is_known_afterwards() => Prop.ForAll(
        Arb.From(Gen.Elements('a', 'B', '.', '-', '7', ':', '[', ']', '*', '?', '!', '#', '@', '|', ',', ' ', '\t', '\n', 'é').NonEmptyListOf()),
        Arb.From(Gen.Choose(1, 65535)), Arb.From(Gen.Elements(true, false)), (letters, port, isAlias) =>
        {
            var name = string.Concat(letters);
            var path = folder.GetPath("known_hosts");
            File.WriteAllText(path, $"other {keys.Rsa}");
            var settings = TestHost.Create(name, port, path, HostKeyChecking.AcceptNew, isAlias ? name : null);
            var warnings = new List<string>();
            new HostKeyVerifier(settings, warnings.Add).Verify(TestKeys.GetBlob(keys.Ed25519));

            var isNoted = File.ReadAllText(path).Length > $"other {keys.Rsa}".Length;
            Assert.Contains(isNoted ? "was added" : "can't be added", Assert.Single(warnings), StringComparison.Ordinal);
            var strict = new HostKeyVerifier(settings with { StrictHostKeyChecking = HostKeyChecking.Strict }, _ => { });
            Assert.Equal(isNoted, Record.Exception(() => strict.Verify(TestKeys.GetBlob(keys.Ed25519))) is null);
            if (isNoted)
            {
                Assert.Equal([2], OpenSsh.FindLines(path, LookupNames.Create(settings).Name));
            }
        });

    private static HostKey GetKey(string key) => HostKey.TryRead(TestKeys.GetBlob(key), out var result) ? result : throw new ArgumentException(key);
}
