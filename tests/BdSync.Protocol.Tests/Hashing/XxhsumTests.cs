using System.Diagnostics;
using BdSync.Protocol.Hashing;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>With a salt of zeros a block's digest is what xxHash's own program prints.</summary>
public sealed class XxhsumTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int> Lengths => [1, 3, 4, 8, 9, 16, 17, 31, 32, 33, 128, 129, 240, 241, 512, 1024, 4096, 100_001, 1_000_000];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task The_digest_of_a_block_is_what_xxhsum_prints(int length)
    {
        TestEnvironment.Require(IsInstalled(), "This test needs xxhsum, from the package xxhash.");
        var block = new byte[length];
        new Random(length).NextBytes(block);
        var path = folder.CreateFile("block", block);

        Assert.Equal(await RunAsync("-H2", path), Hash("xxh128", block));
        Assert.Equal(await RunAsync("-H1", path), Hash("xxh64", block));
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "xxhsum")));

    private static string Hash(string digest, byte[] block)
    {
        using var hasher = new BlockHasher(new(DigestAlgorithm.Get(digest), new byte[32], ZeroBlocks: false));
        var result = new byte[hasher.DigestSize];
        hasher.HashBlocks(block, block.Length, result);
        return Convert.ToHexStringLower(result);
    }

    // It prints the digest, two spaces and the name.
    private static async Task<string> RunAsync(string option, string path)
    {
        using var process = Process.Start(new ProcessStartInfo("xxhsum", [option, path]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.Split(' ')[0];
    }
}
