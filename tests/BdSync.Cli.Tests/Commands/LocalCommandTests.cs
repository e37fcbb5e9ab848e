using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary>The program with <c>--local</c>, <c>--apply</c>, <c>--channels</c> and <c>--direct</c>, against the program with one server.</summary>
public sealed class LocalCommandTests : IDisposable
{
    private const int Length = 3_000_001;

    // Beside the tests: a file system in memory may know no direct I/O.
    private readonly TemporaryFolder folder = new(AppContext.BaseDirectory);
    private readonly string server = $"'{BdSyncProgram.Path}' --server";
    private readonly byte[] source = new byte[Length];
    private readonly string sourcePath;
    private readonly string targetPath;

    public LocalCommandTests()
    {
        new Random(1).NextBytes(source);
        source.AsSpan(1_000_000, 700_000).Clear();
        byte[] target = [.. source];
        target[5] ^= 1;
        target[1_200_000] = 9;
        target[^1] ^= 1;
        sourcePath = folder.CreateFile("source", source);
        targetPath = folder.CreateFile("target", target);
    }

    public static TheoryData<string> Comparisons =>
    [
        "", "--blocksize=1000", "--twopass --checksum=md5", "--remdata", "--remdata --checksum=SHA256 --blocksize=65536", "--zeroblocks --flushcache --threads=1", "--direct", "--direct --checksum=md5 --blocksize=777",
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Local_gives_the_patch_that_a_server_gives(string options)
    {
        var expected = Succeed([.. Stock(options), server, sourcePath, targetPath]);
        Assert.Equal(expected, Succeed(["--local", .. Split(options), sourcePath, targetPath]).AsSpan());
        Assert.InRange(expected.Length, 100, Length / 2);
    }

    [Theory]
    [InlineData("--channels=3")]
    [InlineData("--channels=3 --checksum=md5 --twopass")]
    [InlineData("--channels=2 --remdata --blocksize=512")]
    [InlineData("--channels=5 --hash=sha1")]
    [InlineData("--channels=1 --remdata --checksum=md5")]
    public void Channels_give_the_patch_that_one_server_gives(string options)
    {
        var expected = Succeed([.. Split(options).Skip(1), server, sourcePath, targetPath]);
        Assert.Equal(expected, Succeed([.. Split(options), server, sourcePath, targetPath]).AsSpan());
    }

    [Fact]
    public void Channels_start_so_many_servers()
    {
        var marker = folder.GetPath("started");
        Succeed(["--channels=3", $"sh -c 'echo one >> {marker}; exec {BdSyncProgram.Path} --server'", sourcePath, targetPath]);
        Assert.Equal(3, File.ReadAllLines(marker).Length);
    }

    [Fact]
    public void Channels_can_not_share_a_checksum_over_the_remote_device()
    {
        var result = BdSyncProgram.Run("--channels=2", "--remdata", "--checksum=md5", server, sourcePath, targetPath);
        Assert.Equal((1, 0), (result.ExitCode, result.Output.Length));
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--direct")]
    [InlineData("--blocksize=1000 --threads=1 --progress")]
    public void Apply_makes_the_target_equal_and_writes_no_patch(string options)
    {
        Assert.Empty(Succeed(["--local", "--apply", .. Split(options), sourcePath, targetPath]));
        Assert.Equal(source, File.ReadAllBytes(targetPath).AsSpan());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(Length + 1)]
    public void Apply_gives_the_target_the_size_of_the_source_where_it_may(int length)
    {
        var before = new byte[length];
        File.WriteAllBytes(targetPath, before);

        var refused = BdSyncProgram.Run("--local", "--apply", sourcePath, targetPath);
        Assert.Equal((3, $"Different sizes local={Length} remote={length}\n"), (refused.ExitCode, refused.Errors));
        Assert.Equal(before, File.ReadAllBytes(targetPath).AsSpan());

        Succeed(["--local", "--apply", "--diffsize=minsize", sourcePath, targetPath]);
        var common = Math.Min(length, Length);
        Assert.Equal([.. source[..common], .. before[common..]], File.ReadAllBytes(targetPath).AsSpan());

        Succeed(["--local", "--apply", "--diffsize", sourcePath, targetPath]);
        Assert.Equal(source, File.ReadAllBytes(targetPath).AsSpan());
    }

    [Fact]
    public void A_patch_is_applied_directly()
    {
        var patch = Succeed(["--direct", $"{server} --direct", sourcePath, targetPath]);
        Assert.Equal(0, BdSyncProgram.Run(patch, ["--patch", "--direct"]).ExitCode);
        Assert.Equal(source, File.ReadAllBytes(targetPath).AsSpan());
    }

    [Theory]
    [InlineData("--local")]
    [InlineData("--local --apply")]
    public void A_device_that_is_missing_ends_with_12(string options)
    {
        Assert.Equal(12, BdSyncProgram.Run([.. Split(options), sourcePath, folder.GetPath("missing")]).ExitCode);
        Assert.Equal(12, BdSyncProgram.Run([.. Split(options), folder.GetPath("missing"), targetPath]).ExitCode);
    }

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Stock(string options) => Split(options).Where(option => option != "--direct");

    private static byte[] Succeed(string[] arguments)
    {
        var result = BdSyncProgram.Run(arguments);
        Assert.True(result.ExitCode == 0, $"Exit status {result.ExitCode}: {result.Errors}");
        return result.Output;
    }
}
