using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>A folder with a task file, devices, and a folder for patches; <c>bdsync run</c> is run in it.</summary>
internal sealed class TaskFolder : IDisposable
{
    private const string Configuration = "tasks.conf";

    public TaskFolder(string devices = "odd")
    {
        Devices = DevicePair.Get(devices);
        Work.Write("source", Devices.Source);
        Work.Write("target", Devices.Target);
        Directory.CreateDirectory(Work["patches"]);
    }

    public WorkFolder Work { get; } = new();

    public DevicePair Devices { get; }

    public string[] Patches => [.. Directory.EnumerateFiles(Work["patches"]).Order(StringComparer.Ordinal)];

    /// <summary>
    /// A command for the other side's shell as ssh has it: it drops a host's name, joins its words, and starts in the folder that is the
    /// home there.
    /// </summary>
    public string ConnectionCommand => Work.WriteScript("connect", $"shift; cd '{Work.Path}'; exec sh -c \"$*\"") + " host";

    /// <summary>Writes the task file: a task <c>data</c> for the devices and the folder, with these lines.</summary>
    public void Configure(params string[] lines) => File.WriteAllText(Work[Configuration], GetTask("data", lines));

    /// <summary>A section; what the lines set wins over the usual keys.</summary>
    public string GetTask(string name, params string[] lines)
    {
        string[] usual = [$"source_path = {Work["source"]}", $"target_path = {Work["target"]}", $"target_patch_dir = {Work["patches"]}"];
        var keys = lines.Select(line => line.Split('=')[0]).ToHashSet();
        return $"[{name}]\n{string.Join('\n', usual.Where(line => !keys.Contains(line.Split('=')[0])).Concat(lines).Where(line => line.Split('=', 2) is not [_, " "]))}\n";
    }

    public void WriteConfiguration(string text) => File.WriteAllText(Work[Configuration], text);

    public Task<ProgramResult> RunAsync(params string[] options) => Work.RunAsync(Tool.Ours, ["run", "--config", Work[Configuration], .. options]);

    public RunningProgram Start(params string[] options)
    {
        var program = Work.Start(Tool.Ours, ["run", "--config", Work[Configuration], .. options]);
        program.CollectOutput();
        return program;
    }

    public void TargetShouldBeNew() => Assert.Equal(Devices.Source, Work.Read("target").AsSpan());

    public void TargetShouldBeOld() => Assert.Equal(Devices.Target, Work.Read("target").AsSpan());

    public void Dispose() => Work.Dispose();
}
