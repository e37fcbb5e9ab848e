using System.Globalization;
using System.Text.Json;
using BdSync.Interop.Tests.LoopDevices;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks.Reports;

/// <summary>The numbers of report, metrics, history and summary against what others have counted: a recording connection, the kernel, a naive comparison.</summary>
public sealed class ReportNumberTests : IDisposable
{
    private const int BlockSize = 4096;
    private const int Length = 8 * 1024 * 1024;

    /// <summary>What the kernel itself, and whatever looks at new devices, reads of one: partition tables and the like.</summary>
    private const long Looks = 256 * 1024;

    private readonly TaskFolder folder = new();
    private readonly ReportFiles files;
    private readonly byte[] source = new byte[Length];
    private readonly byte[] target;

    public ReportNumberTests()
    {
        files = new(folder);
        var random = new Random(11);
        random.NextBytes(source);
        target = [.. source];
        for (var change = 0; change < 100; change++)
        {
            target[random.Next(Length)] ^= 0xff;
        }

        folder.Work.Write("source", source);
        folder.Work.Write("target", target);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("verify = yes", "patch_compression = zstd")]
    [InlineData("bdsync_args = --twopass --hash=md5")]
    [InlineData("bdsync_args = --channels=3")]
    [InlineData("apply_patch_in_place = yes", "target_patch_dir = ")]
    public async Task Bytes_sent_and_received_are_what_a_recording_connection_saw(params string[] lines)
    {
        folder.Configure([$"connection_command = {GetRecordingCommand()}", $"remote_bdsync_bin = {Tool.Ours}", .. lines]);

        (await folder.RunAsync(files.Options)).ShouldExitWith(0);

        var task = files.ReadTask();
        Assert.Equal((Recorded("sent"), Recorded("received")), (Sum(task, "sent_bytes"), Sum(task, "received_bytes")));
        Assert.Equal(CountDiffering(), task.GetProperty("differing_bytes").GetInt64());
    }

    [Fact]
    public async Task Patch_and_differing_bytes_are_those_of_the_patch_that_is_kept()
    {
        folder.Configure($"connection_command = {GetRecordingCommand()}", $"remote_bdsync_bin = {Tool.Ours}", "keep_patches = 1", "patch_compression = gzip");

        var result = (await folder.RunAsync([.. files.Options, "--summary"])).ShouldExitWith(0);

        var length = new FileInfo(Assert.Single(folder.Patches)).Length;
        var task = files.ReadTask();
        Assert.Equal((length, CountDiffering()), (task.GetProperty("patch_bytes").GetInt64(), task.GetProperty("differing_bytes").GetInt64()));
        Assert.Equal(((long)Length, (long)Length), (task.GetProperty("source_bytes").GetInt64(), task.GetProperty("target_bytes").GetInt64()));
        Assert.Equal($"{length}", files.ReadMetric("bdsync_task_last_run_patch_size_bytes{task=\"data\"}"));
        Assert.Equal($"{CountDiffering()}", files.ReadMetric("bdsync_task_last_run_differing_bytes{task=\"data\"}"));
        Assert.Equal($"{Recorded("sent")}", files.ReadMetric("bdsync_task_last_run_sent_bytes{task=\"data\"}"));
        Assert.Equal($"{Recorded("received")}", files.ReadMetric("bdsync_task_last_run_received_bytes{task=\"data\"}"));
        Assert.Matches($@"(?m)^data +ok +8\.0MiB +8\.0MiB +{ToKibibytes(CountDiffering())} +{ToKibibytes(length)} ", result.Errors);
        var history = JsonSerializer.Deserialize<JsonElement[]>((await folder.Work.RunAsync(Tool.Ours, ["history", "data", "--json"])).ShouldExitWith(0).OutputText);
        Assert.True(JsonElement.DeepEquals(files.ReadReport(), Assert.Single(history!)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_read_are_what_the_kernel_has_counted(bool remote)
    {
        LoopDevice.Require();
        await using var from = await LoopDevice.AttachAsync(folder.Work, "source");
        await using var to = await LoopDevice.AttachAsync(folder.Work, "target");
        folder.Configure([
            $"source_path = {from.Path}", $"target_path = {to.Path}", "bdsync_args = --direct", "server_args = --direct",
            .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);
        var before = (Source: GetBytesRead(from), Target: GetBytesRead(to));

        (await folder.RunAsync(files.Options)).ShouldExitWith(0);

        var costs = files.ReadTask().GetProperty("costs");
        var (local, other) = (costs.GetProperty("local_read_bytes").GetInt64(), costs.GetProperty("remote_read_bytes").GetInt64());
        Assert.Equal(((long)Length, (long)Length), (local, other));
        Assert.InRange(GetBytesRead(from) - before.Source, local, local + Looks);
        Assert.InRange(GetBytesRead(to) - before.Target, other, other + Looks);
        Assert.Equal(remote ? Length : 0, costs.GetProperty("local_hashed_bytes").GetInt64());
        Assert.Equal(remote ? Length : 0, costs.GetProperty("remote_hashed_bytes").GetInt64());
        Assert.Equal(local.ToString(CultureInfo.InvariantCulture), files.ReadMetric("bdsync_task_last_run_read_bytes{task=\"data\",side=\"local\"}"));
    }

    [Fact]
    public async Task Connections_that_break_are_counted()
    {
        // The first two connections are gone after some bytes, whatever their servers still wait for.
        var script = folder.Work.WriteScript(
            "connect", $"shift; cd '{folder.Work.Path}'; case \"$*\" in *--server*) n=$(cat count 2>/dev/null || echo 0); echo $((n+1)) > count; [ $n -ge 2 ] || {{ sh -c \"$*\" | {{ stdbuf -o0 head -c 8000; kill -9 $$; }}; }};; esac; exec sh -c \"$*\"");
        folder.Configure($"connection_command = {script} host", $"remote_bdsync_bin = {Tool.Ours}", "retries = 3");

        (await folder.RunAsync(files.Options)).ShouldExitWith(0);

        Assert.Equal(2, files.ReadTask().GetProperty("reconnections").GetInt32());
        Assert.Equal("2", files.ReadMetric("bdsync_task_last_run_reconnections{task=\"data\"}"));
    }

    // As ssh, but what a server gets and says is kept.
    private string GetRecordingCommand() => folder.Work.WriteScript(
        "record", $"shift; cd '{folder.Work.Path}'; case \"$*\" in *--server*) tee sent.$$ | sh -c \"$*\" | tee received.$$;; *) exec sh -c \"$*\";; esac") + " host";

    private long Recorded(string name)
    {
        var recordings = Directory.GetFiles(folder.Work.Path, $"{name}.*");
        Assert.NotEmpty(recordings);
        return recordings.Sum(file => new FileInfo(file).Length);
    }

    private static long Sum(JsonElement task, string name) =>
        task.GetProperty("costs").GetProperty(name).GetInt64() + (task.GetProperty("verify") is { ValueKind: JsonValueKind.Object } verify ? verify.GetProperty("costs").GetProperty(name).GetInt64() : 0);

    private long CountDiffering() => Enumerable.Range(0, Length / BlockSize).LongCount(block => !source.AsSpan(block * BlockSize, BlockSize).SequenceEqual(target.AsSpan(block * BlockSize, BlockSize))) * BlockSize;

    private static string ToKibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1}KiB");

    // Sectors of 512 bytes: the third number (Documentation/block/stat.rst of the kernel).
    private static long GetBytesRead(LoopDevice device) =>
        long.Parse(File.ReadAllText($"/sys/block/{Path.GetFileName(device.Path)}/stat").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture) * 512;
}
