using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Running;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Running;

public sealed class TaskLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_target_is_locked_under_each_of_its_names()
    {
        var path = folder.CreateFile("target", [1]);
        var link = folder.GetPath("link");
        File.CreateSymbolicLink(link, path);
        using var first = TaskLock.Acquire(Create("one", path));

        var exception = Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("other", link)));
        Assert.Contains(link, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_was_given_back_is_free()
    {
        var task = Create("one", folder.CreateFile("target", [1]));
        TaskLock.Acquire(task).Dispose();
        TaskLock.Acquire(task).Dispose();
    }

    [Fact]
    public void The_same_path_on_different_hosts_is_two_targets()
    {
        var path = folder.GetPath("target");
        using var first = TaskLock.Acquire(Create("one", path) with { Connection = new("ssh a", ["ssh", "a"]) });
        using var second = TaskLock.Acquire(Create("one", path) with { Connection = new("ssh b", ["ssh", "b"]) });
        using var third = TaskLock.Acquire(Create("one", path));
        Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("two", path) with { Connection = new("ssh a", ["ssh", "a"]), Direction = TaskDirection.Pull }));
    }

    private static SyncTask Create(string name, string target) => new() { Name = name, SourcePath = "/s", TargetPath = target };
}
