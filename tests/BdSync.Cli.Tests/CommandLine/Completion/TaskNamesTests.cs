using BdSync.Cli.CommandLine.Completion;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.CommandLine.Completion;

public sealed class TaskNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tasks_are_found_with_templates_expanded()
    {
        var path = Write("[DEFAULT]\nhosts = a b\n[mail]\n[my task]\n[%(host)s-root]\n[data-%(volume)s]\nvolumes = home db\n");
        Assert.Equal(["mail", "my task", "a-root", "b-root", "data-home", "data-db"], TaskNames.Find(path));
    }

    [Fact]
    public void What_is_not_in_the_file_itself_is_left_out() =>
        Assert.Equal(["mail"], TaskNames.Find(Write("[mail]\n[vm-%(volume)s]\nsource_volume_group = vg0\n[x-%(part)s]\nparts = %(other)s\n")));

    [Fact]
    public void Names_that_do_not_print_are_left_out() => Assert.Equal(["good"], TaskNames.Find(Write("[good]\n[bad\u001b[31m]\n[bad\u202e]\n[bad\ttab]\n")));

    [Theory]
    [InlineData("no section\n")]
    [InlineData("[a]\n[a]\n")]
    [InlineData("[unfinished\n")]
    public void Broken_file_has_no_tasks(string text) => Assert.Empty(TaskNames.Find(Write(text)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/dev/zero")]
    [InlineData("/nowhere/at/all")]
    [InlineData("a\0b")]
    public void What_is_no_file_has_no_tasks(string path) => Assert.Empty(TaskNames.Find(path));

    [Fact]
    public void Pipe_is_not_waited_for()
    {
        var path = Path.Combine(folder.FullPath, "pipe");
        using var process = System.Diagnostics.Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Empty(TaskNames.Find(path));
    }

    [Fact]
    public void Link_is_followed()
    {
        var link = Path.Combine(folder.FullPath, "link");
        File.CreateSymbolicLink(link, Write("[mail]\n"));
        Assert.Equal(["mail"], TaskNames.Find(link));
    }

    private string Write(string text)
    {
        var path = Path.Combine(folder.FullPath, "tasks.conf");
        File.WriteAllText(path, text);
        return path;
    }
}
