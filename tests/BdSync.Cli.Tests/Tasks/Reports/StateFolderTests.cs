using BdSync.Cli.Tasks.Reports.History;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Reports;

public sealed class StateFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StateFolder state;
    private readonly List<string> warnings = [];

    public StateFolderTests() => state = new(folder.GetPath("state/bdsync"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_added_comes_back_the_newest_first()
    {
        Assert.Empty(state.Read(warnings.Add));
        foreach (var hour in new[] { 1, 3, 2 })
        {
            state.Add(SampleRecords.Run(SampleRecords.Time.AddHours(hour), SampleRecords.Task($"task \u001b {hour}")));
        }

        var runs = state.Read(warnings.Add).ToList();

        Assert.Equal(["task \u001b 3", "task \u001b 2", "task \u001b 1"], runs.Select(run => run.Tasks[0].Name));
        Assert.Equal(SampleRecords.Time.AddHours(3), runs[0].End);
        Assert.Empty(warnings);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(state.Path)[0]));
    }

    [Fact]
    public void Runs_that_are_too_old_or_too_many_go()
    {
        state.Add(SampleRecords.Run(SampleRecords.Time - StateFolder.MaxAge, SampleRecords.Task("old")));
        File.WriteAllText(Path.Combine(state.Path, "notes"), "");
        for (var number = 0; number < StateFolder.MaxRuns; number++)
        {
            File.WriteAllText(Path.Combine(state.Path, $"run-20261001T{number:000000000}Z-00000000.json"), "");
        }

        state.Add(SampleRecords.Run(SampleRecords.Time.AddDays(1), SampleRecords.Task("new")));

        var names = Directory.GetFiles(state.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(StateFolder.MaxRuns + 1, names.Count);
        Assert.Equal(["notes", "run-20261001T000000001Z-00000000.json"], names.Take(2));
        Assert.Equal("new", state.Read(warnings.Add).First().Tasks[0].Name);
    }

    [Fact]
    public void Runs_that_take_too_much_room_go_but_never_the_last()
    {
        Directory.CreateDirectory(state.Path);
        for (var number = 1; number <= 3; number++)
        {
            using var file = File.Create(Path.Combine(state.Path, $"run-2026100{number}T000000000Z-00000000.json"));
            file.SetLength(StateFolder.MaxLength / 2);
        }

        state.Add(SampleRecords.Run(SampleRecords.Time, SampleRecords.Task("new")));

        Assert.Equal(2, Directory.GetFiles(state.Path).Length);
        Assert.Equal("new", Assert.Single(state.Read(warnings.Add)).Tasks[0].Name);
        Assert.Single(warnings);
    }

    [Fact]
    public void Where_it_is_by_default()
    {
        const string variable = "STATE_DIRECTORY";
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "/var/lib/one:/var/lib/two");
            Assert.Equal("/var/lib/one", StateFolder.GetDefault());
            Environment.SetEnvironmentVariable(variable, null);
            Assert.EndsWith("/bdsync", StateFolder.GetDefault(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
