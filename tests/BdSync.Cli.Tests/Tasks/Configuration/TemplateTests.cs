using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>Sections that stand for many tasks, and settings from the command line.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Template = "[data-%(volume)s]\nsource_path = FOLDER/source\ntarget_path = FOLDER/%(volume)s.img\ntarget_patch_dir = FOLDER/patches\n";

    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_template_makes_a_task_for_each_value_in_order()
    {
        var file = folder.Read($"[first]\n{TaskFileFolder.Local}{Template}volumes = home mail\n  db\n[last]\n{TaskFileFolder.Local}");
        Assert.Equal(["first", "data-home", "data-mail", "data-db", "last"], file.Tasks.Select(task => task.Name));
        Assert.Equal(folder.Fill("FOLDER/mail.img"), file.Tasks[2].TargetPath);
        Assert.Empty(file.Warnings);
    }

    [Fact]
    public void Values_may_come_from_DEFAULT_and_from_other_keys_and_have_percent_signs()
    {
        var file = folder.Read($"[DEFAULT]\nmore = b%%(x)s c\nvms = a %(more)s\n[%(VM)s/%(vm)s]\n{TaskFileFolder.Local}run_after = echo %(vm)s %(upper)s\nupper = <%(vm)s>");
        Assert.Equal(["a/a", "b%(x)s/b%(x)s", "c/c"], file.Tasks.Select(task => task.Name));
        Assert.Equal("echo b%(x)s <b%(x)s>", file.Tasks[1].Hooks.After);
        Assert.Empty(file.Warnings);
    }

    [Theory]
    [InlineData("", "FOLDER/tasks.conf:1: [data-%(volume)s] volumes: there are no values for %(volume)s in the section's name; words with blanks between are needed.")]
    [InlineData("volumes =", "FOLDER/tasks.conf:5: [data-%(volume)s] volumes: there are no values for %(volume)s in the section's name; words with blanks between are needed.")]
    [InlineData("volumes = %(nope)s", "FOLDER/tasks.conf:5: [data-%(volume)s] volumes: %(nope)s is not known: neither the section nor [DEFAULT] has the key.")]
    [InlineData("volumes = a b a", "FOLDER/tasks.conf:1: [data-a] there is another task of this name; templates expanded, a name is allowed once.")]
    [InlineData("volumes = a\n[data-a]", "FOLDER/tasks.conf:6: [data-a] there is another task of this name; templates expanded, a name is allowed once.")]
    [InlineData("volumes = a\nvolume = b", "FOLDER/tasks.conf:1: [data-%(volume)s] the key volume is what the section's name varies; volumes lists its values, and it can't have one of its own.")]
    public void A_template_that_can_not_be_used_is_refused(string lines, string error) => Assert.Equal([error], folder.Refuse($"{Template}{lines}"));

    [Fact]
    public void A_name_varies_in_one_thing() =>
        Assert.Equal(["FOLDER/tasks.conf:1: [%(a)s-%(b)s] the section's name has 2 different variables; one is allowed."], folder.Refuse($"[%(a)s-%(b)s]\n{TaskFileFolder.Local}as = 1\nbs = 2"));

    [Fact]
    public void Tasks_are_counted()
    {
        var values = string.Join(' ', Enumerable.Range(0, 10_001));
        Assert.Contains("FOLDER/tasks.conf: the file has more than 10000 tasks once templates are expanded.", folder.Refuse($"{Template}volumes = {values}"));
        Assert.Equal(10_000, folder.Read($"{Template}volumes = {values[..^6]}").Tasks.Count);
    }

    [Fact]
    public void An_override_takes_the_place_of_what_the_file_has()
    {
        var file = folder.Read($"[DEFAULT]\nretries = 1\nn = 4\n[a.b]\n{TaskFileFolder.Local}retries = 2\n[c]\n{TaskFileFolder.Local}", "retries=3", "a.b.Retries = %(n)s", "c.verify=yes", "c.verify=no", "n=5");
        Assert.Equal([5, 3], file.Tasks.Select(task => task.Retries));
        Assert.Equal([false, false], file.Tasks.Select(task => task.Verify));
    }

    [Fact]
    public void A_template_is_overridden_as_a_whole_or_by_its_tasks()
    {
        var file = folder.Read($"{Template}volumes = a", "volumes=b c", "data-c.retries=7");
        Assert.Equal([("data-b", 0), ("data-c", 7)], file.Tasks.Select(task => (task.Name, task.Retries)));
    }

    [Theory]
    [InlineData("y.retries=1", "--set y.retries: there is no task 'y' in FOLDER/tasks.conf.")]
    [InlineData("DEFAULT.retries=1", "--set DEFAULT.retries: there is no task 'DEFAULT' in FOLDER/tasks.conf.")]
    [InlineData("retrys=1", "--set retrys: there is no key 'retrys'; the nearest known one is retries.")]
    [InlineData("x.retrys=1", "--set x.retrys: there is no key 'retrys'; the nearest known one is retries.")]
    [InlineData("x.run_first=a", "--set x.run_first: the key is about a run, not a task; run_first=VALUE is allowed.")]
    [InlineData("retries=x", "--set retries: [x] retries: 'x' is no number from 0 to 1000.")]
    [InlineData("x.retries=%", "--set x.retries: [x] retries: '%' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    public void An_override_is_checked(string text, string error) => Assert.Equal([error], folder.Refuse($"[x]\n{TaskFileFolder.Local}", text));

    [Fact]
    public void What_a_name_varies_can_not_be_overridden() =>
        Assert.Contains("--set volume: [data-%(volume)s] volume: the key is what the section's name varies", Assert.Single(folder.Refuse($"{Template}volumes = a", "volume=b")), StringComparison.Ordinal);

    [Theory]
    [InlineData("KEY=VALUE", null, "key", "VALUE")]
    [InlineData("a.b.key=c.d=e", "a.b", "key", "c.d=e")]
    [InlineData("key = x ", null, "key", "x")]
    [InlineData("task.key=", "task", "key", "")]
    public void An_override_is_split(string text, string? task, string key, string value) => Assert.Equal(new SettingOverride(task, key, value), SettingOverride.Parse(text));

    [Theory]
    [InlineData("key")]
    [InlineData("")]
    [InlineData("=x")]
    [InlineData("task.=x")]
    [InlineData(".key=x")]
    public void What_is_no_override_is_refused(string text) =>
        Assert.Equal($"--set: '{text}' is not understood; KEY=VALUE and TASK.KEY=VALUE are allowed.", Assert.Throws<ConfigurationException>(() => SettingOverride.Parse(text)).Message);
}
