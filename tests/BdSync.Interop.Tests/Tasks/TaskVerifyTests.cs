using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Comparing once more when all has been applied.</summary>
public sealed class TaskVerifyTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("stored", nameof(Implementation.Ours))]
    [InlineData("in place", nameof(Implementation.Ours))]
    [InlineData("stored", nameof(Implementation.Stock))]
    [InlineData("in place", nameof(Implementation.Stock))]
    public async Task A_target_that_changes_after_applying_is_noticed(string transfer, string remote)
    {
        var program = Tool.Require(Enum.Parse<Implementation>(remote));
        var damage = $"printf '%s' damage | dd of='{folder.Work["target"]}' bs=1 seek=700000 conv=notrunc 2>/dev/null";
        var script = folder.Work.WriteScript("remote", $"case \"$*\" in *--patch*) {program} \"$@\"; s=$?; [ -e {folder.Work["healed"]} ] || {damage}; exit $s;; *) exec {program} \"$@\";; esac");
        folder.Configure(
            $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {script}", $"apply_patch_in_place = {(transfer == "in place" ? "yes" : "no")}",
            "verify = yes", $"run_on_error = echo \"$BDSYNC_ERROR\" > {folder.Work["error"]}");

        var result = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(3);

        Assert.Contains("[Task data] ERROR: The verification failed: ", result.Errors, StringComparison.Ordinal);
        Assert.StartsWith("The verification failed: ", await File.ReadAllTextAsync(folder.Work["error"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        Assert.NotEqual(folder.Devices.Source, folder.Work.Read("target"));

        // Nobody would have known without.
        folder.Work.Write("target", folder.Devices.Target);
        (await folder.RunAsync("--set", "verify=no")).ShouldExitWith(0);
        Assert.NotEqual(folder.Devices.Source, folder.Work.Read("target"));

        // Another run repairs it.
        folder.Work.Write("healed", []);
        Assert.Empty((await folder.RunAsync()).ShouldExitWith(0).Errors);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task Each_comparison_has_a_salt_of_its_own()
    {
        // The client's first messages are the same in both sessions but for it.
        var script = folder.Work.WriteScript("remote", $"case \"$*\" in *--server*) tee {folder.Work.Path}/sent.$$ | {Tool.Ours} \"$@\";; *) exec {Tool.Ours} \"$@\";; esac");
        folder.Configure($"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {script}", "verify = yes", "client_args = --hash=md5");
        (await folder.RunAsync()).ShouldExitWith(0);
        Assert.NotEqual(Read()[0], Read()[1]);

        foreach (var path in Directory.EnumerateFiles(folder.Work.Path, "sent.*"))
        {
            File.Delete(path);
        }

        folder.Work.Write("target", folder.Devices.Target);
        folder.Configure($"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {script}", "verify = yes", "client_args = --hash=md5 --fixedsalt");
        (await folder.RunAsync()).ShouldExitWith(0);
        Assert.Equal(Read()[0], Read()[1]);

        // What was sent to the two servers up to the first requests.
        List<string> Read()
        {
            const int opening = 200;
            return [.. Directory.EnumerateFiles(folder.Work.Path, "sent.*").Select(path => Convert.ToHexString(File.ReadAllBytes(path).AsSpan(0, opening)))];
        }
    }
}
