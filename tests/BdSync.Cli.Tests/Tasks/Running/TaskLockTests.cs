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
    public void A_target_in_a_folder_with_two_names_has_one_lock_even_before_it_is_there()
    {
        var real = Directory.CreateDirectory(folder.GetPath("real")).FullName;
        var link = folder.GetPath("link");
        Directory.CreateSymbolicLink(link, real);
        using var first = TaskLock.Acquire(Create("one", $"{real}/target"));

        Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("other", $"{link}/target")));
        File.WriteAllBytes($"{real}/target", [1]);
        Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("other", $"{link}/../link//target")));
    }

    [Fact]
    public void A_hard_link_is_the_same_target()
    {
        var path = folder.CreateFile("target", [1]);
        var link = folder.GetPath("link");
        using (var ln = System.Diagnostics.Process.Start("ln", [path, link]))
        {
            ln.WaitForExit();
        }

        using (TaskLock.Acquire(Create("one", path)))
        {
            Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("other", link)));
        }

        // What could be had of the second one's locks was given back.
        TaskLock.Acquire(Create("other", link)).Dispose();
    }

    [Theory]
    [InlineData("data/x", "./data//x")]
    [InlineData("/data/x", "//data/./x")]
    public void A_path_on_the_other_side_is_the_same_however_it_is_written(string path, string other)
    {
        var connection = new TaskConnection($"ssh {folder.FullPath}", ["ssh", folder.FullPath]);
        using var first = TaskLock.Acquire(Create("one", path) with { Connection = connection });

        Assert.Throws<TaskException>(() => TaskLock.Acquire(Create("other", other) with { Connection = connection with { Text = $"ssh  '{folder.FullPath}'" } }));
        using var relative = TaskLock.Acquire(Create("another", path.StartsWith('/') ? path[1..] : "/" + path) with { Connection = connection });
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
