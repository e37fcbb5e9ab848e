using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Sources;
using BdSync.Lvm;

namespace BdSync.Cli.Tests.Tasks.Sources;

/// <summary>What snapshots are called, for volumes that are not there: their paths say what they are.</summary>
public class SnapshotNamesTests
{
    [Fact]
    public void Task_says_what_its_snapshot_is_called() => Assert.Equal(["bdsync-snapshot", "bdsync-snapshot", "other"], Name(1, Create("a", "home"), Create("b", "home"), Create("c", "home", name: "other")));

    [Fact]
    public void Volume_is_in_the_name_where_all_are_there_at_once() =>
        Assert.Equal(["bdsync-snapshot-home", "bdsync-snapshot-mail"], Name(1, Create("a", "home", together: true), Create("b", "mail", together: true)));

    [Fact]
    public void Tasks_of_one_source_have_parts_of_their_own()
    {
        var names = Name(1, Create("a", "home", together: true), Create("b", "home", together: true), Create("c", "mail", together: true));
        Assert.All(names[..2], name => Assert.Matches("^bdsync-snapshot-home-[0-9a-f]{12}$", name));
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal("bdsync-snapshot-mail", names[2]);

        // From run to run, whatever else is in the file.
        Assert.Equal("bdsync-snapshot-home-9b2a837ec8a6", names[0]);
    }

    [Fact]
    public void Disabled_tasks_take_no_names() =>
        Assert.Equal("bdsync-snapshot-home", Name(1, Create("a", "home", together: true), Create("b", "home", together: true) with { IsDisabled = true })[0]);

    [Fact]
    public void Same_name_in_another_group_is_another_name()
    {
        var other = Create("b", "home", together: true) with { SourcePath = "/dev/vg1/home" };
        Assert.Equal(["bdsync-snapshot-home", "bdsync-snapshot-home"], Name(1, Create("a", "home", together: true), other));
    }

    // The first one's is there for as long as the run lasts.
    [Fact]
    public void Name_that_another_has_by_chance_is_seen()
    {
        var names = Name(1, Create("a", "home", together: true), Create("b", "mail", name: "bdsync-snapshot-home"));
        Assert.All(names, name => Assert.Matches("^bdsync-snapshot-home-[0-9a-f]{12}$", name));
        Assert.NotEqual(names[0], names[1]);
    }

    [Fact]
    public void Tasks_that_run_at_once_have_parts_of_their_own()
    {
        SyncTask[] tasks = [To("x", Create("a", "home")), To("y", Create("b", "mail")), To("y", Create("c", "home", name: "other"))];
        Assert.Equal(["bdsync-snapshot", "bdsync-snapshot", "other"], Name(1, tasks));
        var names = Name(2, tasks);
        Assert.Equal(3, names.Distinct().Count());
        Assert.Matches("^bdsync-snapshot-[0-9a-f]{12}$", names[0]);
        Assert.Equal("other", names[2]);
    }

    [Fact]
    public void Tasks_of_one_host_never_run_at_once() => Assert.Equal(["bdsync-snapshot", "bdsync-snapshot"], Name(8, To("x", Create("a", "home")), To("x", Create("b", "mail"))));

    // A name with "-cow" behind it has to fit into 127 characters together with the group's, and each dash counts twice there.
    [Theory]
    [InlineData(98, false)]
    [InlineData(101, false)]
    [InlineData(102, true)]
    [InlineData(127, true)]
    public void Long_names_are_cut(int length, bool isCut)
    {
        var names = Name(1, Create("a", new string('v', length), together: true), Create("b", "x", together: true));
        Assert.Equal(isCut, names[0] != $"bdsync-snapshot-{new string('v', length)}");
        Assert.True(new VolumeName("vg0", names[0]).MapperPath.Length + "-cow".Length <= "/dev/mapper/".Length + 127);
        if (isCut)
        {
            Assert.Matches("^bdsync-snapshot-v{80,}-[0-9a-f]{12}$", names[0]);
        }
    }

    [Fact]
    public void Cut_names_are_different()
    {
        var volume = new string('v', 110);
        var names = Name(1, [.. Enumerable.Range(0, 4).Select(number => Create($"task {number}", $"{volume}{number / 2}", together: true))]);
        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public void Group_without_room_is_a_clear_error()
    {
        var task = Create("a", "home", together: true) with { SourcePath = $"/dev/{new string('g', 120)}/home" };
        Assert.Contains("leaves no room for the name of a snapshot", Assert.Throws<TaskException>(() => Name(1, task)).Message, StringComparison.Ordinal);
    }

    private static SyncTask Create(string task, string volume, bool together = false, string name = "bdsync-snapshot") =>
        new() { Name = task, SourcePath = $"/dev/vg0/{volume}", TargetPath = "/t", Lvm = new(null, name, "/sbin/lvm") { Together = together } };

    private static SyncTask To(string host, SyncTask task) => task with { Connection = new($"ssh {host}", ["ssh", host]) };

    private static string[] Name(int parallel, params SyncTask[] tasks)
    {
        var names = new SnapshotNames(tasks, parallel);
        return [.. tasks.Select(task => names.Get(task, VolumeName.TryParse(task.SourcePath)!))];
    }
}
