using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using BdSync.Cli.Tests.Commands;
using BdSync.Cli.Variants;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Variants;

/// <summary>The native program on old and on new processors, which compute the same digests with other instructions.</summary>
public sealed class ProcessorVariantTests : IDisposable
{
    /// <summary>An emulated processor; what else is named is a variant on the processor that is there.</summary>
    private const string Old = "old";

    private const int Length = (2 * 1024 * 1024) + 512;

    private readonly TemporaryFolder folder = new();
    private readonly string sourcePath;
    private readonly string targetPath;

    public ProcessorVariantTests()
    {
        var source = new byte[Length];
        new Random(1).NextBytes(source);
        source.AsSpan(1_000_000, 300_000).Clear();
        byte[] target = [.. source];
        target[5] ^= 1;
        target[700_000] ^= 1;
        target[1_200_000] = 9;
        target[^1] ^= 1;
        sourcePath = folder.CreateFile("source", source);
        targetPath = folder.CreateFile("target", target);
    }

    public static TheoryData<string> Options => ["", "--hash=md5", "--hash=md5 --blocksize=777 --checksum=sha256", "--hash=sha1 --twopass --zeroblocks", "--hash=auto"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Options))]
    public void An_old_processor_gives_the_patch_that_the_one_here_gives(string options)
    {
        NativeProgram.RequireOldProcessor();
        var expected = Compare("v4", "v4", options);
        Assert.Equal(expected, Compare(Old, Old, options).AsSpan());
    }

    // Sides that are alike could be wrong alike: the digests of one are compared with the other's here.
    [Theory]
    [MemberData(nameof(Options))]
    public void Old_and_new_processors_agree_on_what_differs(string options)
    {
        NativeProgram.RequireOldProcessor();
        var expected = Compare("none", "none", options);
        Assert.Equal(expected, Compare(Old, "v4", options).AsSpan());
        Assert.Equal(expected, Compare("v4", Old, options).AsSpan());
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_variant_gives_the_patch_of_the_program_that_is_compiled_as_it_runs(string options)
    {
        NativeProgram.Require();
        var expected = Succeed($"'{BdSyncProgram.Path}' {options} \"'{BdSyncProgram.Path}' --server\" '{sourcePath}' '{targetPath}'");
        Assert.InRange(expected.Length, 100, Length / 2);
        foreach (var (client, server) in (ReadOnlySpan<(string, string)>)[("none", "none"), ("v3", "v3"), ("v4", "v4"), ("none", "v4"), ("v3", "none"), ("v4", "v3")])
        {
            Assert.Equal(expected, Compare(client, server, options).AsSpan());
        }
    }

    // Without this, all the others could pass on an emulated processor that knows everything.
    [Theory]
    [InlineData("v3")]
    [InlineData("v4")]
    public void An_old_processor_can_not_run_what_is_compiled_for_new_ones(string variant)
    {
        NativeProgram.RequireOldProcessor();
        var result = BdSyncProgram.RunShell($"ulimit -c 0; {NativeProgram.OldProcessor} '{NativeProgram.GetVariant(variant)}' --version");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("instruction sets are not supported", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("v3")]
    [InlineData("v4")]
    [InlineData(null)]
    [InlineData("other")]
    public async Task The_best_variant_is_started_that_is_allowed_and_that_the_processor_can_run(string? limit)
    {
        NativeProgram.Require();
        var start = new ProcessStartInfo(NativeProgram.Path, ["--server"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[ProcessorVariant.Switch] = limit;
        using var server = Process.Start(start)!;

        // A server that has answered has become what it stays.
        await server.StandardInput.BaseStream.WriteAsync(RawMessage.Hello(), TestContext.Current.CancellationToken);
        await server.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
        await server.StandardOutput.BaseStream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
        var running = await File.ReadAllBytesAsync($"/proc/{server.Id}/exe", TestContext.Current.CancellationToken);
        var name = await File.ReadAllTextAsync($"/proc/{server.Id}/comm", TestContext.Current.CancellationToken);
        server.StandardInput.Close();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);

        var expected = GetExpectedVariant(limit);
        Assert.True(running.AsSpan().SequenceEqual(File.ReadAllBytes(NativeProgram.GetVariant(expected))), $"What runs is not {expected}.");
        Assert.Equal("bdsync\n", name);
    }

    private static string GetExpectedVariant(string? limit) => limit switch
    {
        null or "v4" when Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512CD.VL.IsSupported => "v4",
        null or "v3" or "v4" when Avx2.IsSupported => "v3",
        _ => "none",
    };

    private byte[] Compare(string client, string server, string options) =>
        Succeed($"{GetCommand(client)} {options} \"{GetCommand(server)} --server\" '{sourcePath}' '{targetPath}'");

    // On the emulated processor the program must be kept as it is: it sees the real one's abilities in /proc, and what it starts would run there.
    private static string GetCommand(string processor) =>
        processor == Old
            ? $"env {ProcessorVariant.Switch}=none {NativeProgram.OldProcessor} '{NativeProgram.Path}'"
            : $"env {ProcessorVariant.Switch}={processor} '{NativeProgram.Path}'";

    private static byte[] Succeed(string line)
    {
        var result = BdSyncProgram.RunShell(line);
        Assert.True(result.ExitCode == 0, $"Exit status {result.ExitCode}: {result.Errors}");
        return result.Output;
    }
}
