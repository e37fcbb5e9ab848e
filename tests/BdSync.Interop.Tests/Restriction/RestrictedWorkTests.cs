using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;

namespace BdSync.Interop.Tests.Restriction;

/// <summary>What a restricted key is for works.</summary>
public sealed class RestrictedWorkTests(SshHost host) : IClassFixture<SshHost>
{
    private const string ForPush = "--write '{folder}/targe?' --patches {folder}/patches";

    [Theory]
    [InlineData(nameof(Implementation.Ours))]
    [InlineData(nameof(Implementation.Stock))]
    public async Task A_comparison_and_its_patch_work_with_the_ssh_program(string client)
    {
        var program = Tool.Require(Enum.Parse<Implementation>(client));
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;

        var patch = (await work.RunAsync(program, [restricted.ServerCommand, "source", work["target"]])).ShouldExitWith(0).Output;
        restricted.Tasks.TargetShouldBeOld();

        (await restricted.AskAsync("bdsync --patch", patch)).ShouldExitWith(0);
        restricted.Tasks.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_patch_may_be_applied_to_a_device_that_the_command_names()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;
        var patch = (await work.RunAsync(Tool.Ours, [restricted.ServerCommand, "source", work["target"]])).ShouldExitWith(0).Output;

        (await restricted.AskAsync($"bdsync --patch={work["target"]} --undo={work["patches"]}/back.bdsync", patch)).ShouldExitWith(0);
        restricted.Tasks.TargetShouldBeNew();

        (await restricted.AskAsync($"bdsync --patch <{work["patches"]}/back.bdsync")).ShouldExitWith(0);
        restricted.Tasks.TargetShouldBeOld();
    }

    [Fact]
    public async Task The_built_in_ssh_works_with_channels_and_retries_and_so_does_verify()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;
        string[] common = [$"--ssh-config={restricted.Configuration}", "--channels=3", "--retries=2"];

        var patch = (await work.RunAsync(Tool.Ours, [.. common, SshHost.Address, "source", work["target"]])).ShouldExitWith(0).Output;
        (await work.RunAsync(Tool.Ours, ["verify", .. common, SshHost.Address, "source", work["target"]])).ShouldExitWith(14);
        (await restricted.AskAsync("bdsync --patch", patch)).ShouldExitWith(0);
        (await work.RunAsync(Tool.Ours, ["verify", .. common, SshHost.Address, "source", work["target"]])).ShouldExitWith(0);
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("kept", "keep_patches = 2", "undo_patches = 2", "patch_compression = gzip", "verify = yes")]
    [InlineData("zstd", "patch_compression = zstd", "audit = 50%", "bdsync_args = --twopass --diffsize=resize")]
    [InlineData("in place", "apply_patch_in_place = yes")]
    public async Task A_push_task_works(string kind, params string[] lines)
    {
        foreach (var builtIn in new[] { true, false })
        {
            using var restricted = new RestrictedHost(host, ForPush);
            var tasks = restricted.Tasks;
            string[] connection = builtIn
                ? [$"connection = {SshHost.Address}", $"client_args = --ssh-config={restricted.Configuration}"]
                : [$"connection_command = ssh -F {restricted.Configuration} {SshHost.Name}", "remote_bdsync_bin = bdsync"];
            tasks.Configure([.. connection, .. lines]);

            Assert.DoesNotContain("ERROR", (await tasks.RunAsync()).ShouldExitWith(0).Errors, StringComparison.Ordinal);

            tasks.TargetShouldBeNew();
            Assert.Equal(kind == "kept" ? 2 : 0, tasks.Patches.Length);
            restricted.SecretShouldBeKept();
            for (var run = 0; kind == "kept" && run < 2; run++)
            {
                (await tasks.RunAsync()).ShouldExitWith(0);
            }

            Assert.Equal(kind == "kept" ? 4 : 0, tasks.Patches.Length);
        }
    }

    [Fact]
    public async Task A_push_task_makes_the_target_that_is_missing()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        File.Delete(restricted.Tasks.Work["target"]);
        restricted.Tasks.Configure(
            $"connection = {SshHost.Address}", $"client_args = --ssh-config={restricted.Configuration}", "create_target_if_missing = yes", "bdsync_args = --diffsize=resize");

        (await restricted.Tasks.RunAsync()).ShouldExitWith(0);

        restricted.Tasks.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_pull_task_works_with_reading_alone()
    {
        using var restricted = new RestrictedHost(host, "--read {folder}/source {folder}/other");
        restricted.Tasks.Configure($"connection = {SshHost.Address}", $"client_args = --ssh-config={restricted.Configuration}", "direction = pull", "verify = yes");

        (await restricted.Tasks.RunAsync()).ShouldExitWith(0);

        restricted.Tasks.TargetShouldBeNew();
    }
}
