using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Digests;

/// <summary>With OpenSSL 3 the stock tool takes md4 and whirlpool, computes nothing, and reports success. Here they are refused.</summary>
public class RefusedDigestTests
{
    public static TheoryData<string> Refused =>
        ["md4", "MD4", "RSA-MD4", "md4WithRSAEncryption", "1.2.840.113549.2.4", "whirlpool", "1.0.10118.3.0.55", "null", "mdc2", "sha", "nonsense"];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_client_refuses_it_before_anything_is_started(string name)
    {
        using var folder = CreateDevices();
        var witness = folder.WriteScript("remote", "touch was-started");

        var asHash = await folder.RunAsync(Tool.Ours, [$"--hash={name}", Tool.Quote(witness), "source.img", "target.img"]);
        var asChecksum = await folder.RunAsync(Tool.Ours, [$"--checksum={name}", Tool.Quote(witness), "source.img", "target.img"]);

        Assert.Contains(name, asHash.ShouldExitWith(1).Errors, StringComparison.Ordinal);
        Assert.Contains(name, asChecksum.ShouldExitWith(5).Errors, StringComparison.Ordinal);
        Assert.Empty(asHash.Output);
        Assert.Empty(asChecksum.Output);
        Assert.False(File.Exists(folder["was-started"]));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_server_refuses_it_and_says_so_to_nobody(string name)
    {
        using var folder = CreateDevices();
        byte[] conversation = [.. RawMessage.Hello(), .. RawMessage.DevFile("source.img"), .. RawMessage.Digests(name), .. RawMessage.GetHashes(0, 4096, 1), .. RawMessage.Done()];

        var result = await folder.RunAsync(Tool.Ours, ["--server"], conversation);

        result.ShouldExitWith(10);
        Assert.Empty(result.Errors);
        Assert.Equal([1, 3], RawMessage.Split(result.Output).Select(message => message[4]));
    }

    [Fact]
    public async Task A_stock_client_that_asks_for_md4_learns_that_it_failed()
    {
        var stock = Tool.Require(Implementation.Stock);
        using var folder = CreateDevices();

        var result = await folder.RunAsync(stock, ["--hash=md4", Tool.ServerCommand(Implementation.Ours), "source.img", "target.img"]);

        Assert.Equal(6, result.ExitCode);
    }

    private static WorkFolder CreateDevices()
    {
        var folder = new WorkFolder();
        folder.Write("source.img", new byte[10_000]);
        folder.Write("target.img", new byte[10_000]);
        return folder;
    }
}
