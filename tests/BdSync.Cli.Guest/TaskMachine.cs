using System.Diagnostics;
using System.Globalization;
using BdSync.Lvm.Guest;
using BdSync.TestUtilities.Guests;

namespace BdSync.Cli.Guest;

/// <summary>What a scenario works with: a folder, and the program beside the guest's LVM. The script has made the groups, and the pool in the first.</summary>
public sealed class TaskMachine : IDisposable
{
    /// <summary>The group of the sources, with extents of 4 MiB.</summary>
    public const string Group = Machine.Group;

    /// <summary>The group of the targets, with extents of 8 MiB and a dash in its name.</summary>
    public const string TargetGroup = "vg-b";

    /// <summary>A group of two scenarios' own.</summary>
    public const string ThirdGroup = "vgc";

    /// <summary>The words that start the program.</summary>
    public static readonly string[] Program = [LvmGuest.GuestDotnet, $"{LvmGuest.GuestProgramFolder}/bdsync.dll"];

    /// <summary>Prepares the folder of a scenario.</summary>
    public TaskMachine(string scenario)
    {
        Name = scenario;
        Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), scenario)).FullName;
        Directory.CreateDirectory(PatchFolder);
    }

    /// <summary>The scenario's name; volumes may have it.</summary>
    public string Name { get; }

    /// <summary>LVM, apart from the program.</summary>
    public Machine Machine { get; } = new();

    /// <summary>A folder for the scenario's files.</summary>
    public string Folder { get; }

    /// <summary>The value of <c>target_patch_dir</c>.</summary>
    public string PatchFolder => Path.Combine(Folder, "patches");

    /// <summary>The files of stored patches.</summary>
    public IReadOnlyList<string> Patches => Directory.GetFiles(PatchFolder);

    /// <summary>A task of a source and a target, with snapshot.</summary>
    public string Task(string name, string source, string target, string more = "") =>
        $"[{name}]\nsource_path = {source}\ntarget_path = {target}\ntarget_patch_dir = {PatchFolder}\n{more}\n";

    /// <summary>Runs the program with a task file to its end.</summary>
    public async Task<ProgramEnd> RunAsync(string tasks, params string[] options)
    {
        await using var run = Start(tasks, options);
        return await run.WaitAsync();
    }

    /// <summary>Starts the program with a task file.</summary>
    public ProgramRun Start(string tasks, params string[] options)
    {
        var file = Path.Combine(Folder, "tasks.conf");
        File.WriteAllText(file, tasks);
        return new([.. Program, "run", "--config", file, "--log-level", "info", "--state", Path.Combine(Folder, "state"), .. options]);
    }

    /// <summary>Makes a volume full of zeros.</summary>
    public static async Task<string> CreateEmptyAsync(string group, string name, int megabytes)
    {
        await Machine.LvmAsync("lvcreate", "--yes", "--wipesignatures", "n", "--name", name, "--size", $"{megabytes}m", group);
        return $"/dev/{group}/{name}";
    }

    /// <summary>The names of a group's snapshots, thick and thin.</summary>
    /// <param name="group">The group.</param>
    /// <param name="select">Which of them, as lvs wants it (lvmreport(7)); all by default.</param>
    public static async Task<string[]> ListSnapshotsAsync(string group = Group, string select = "origin!=\"\"")
    {
        var output = await Machine.LvmAsync("lvs", "--noheadings", "--options", "lv_name", "--select", select, group);
        return output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The size of a volume in MiB, from lvs.</summary>
    public static async Task<int> GetMegabytesAsync(string fullName)
    {
        var output = await Machine.LvmAsync("lvs", "--noheadings", "--nosuffix", "--units", "m", "--options", "lv_size", fullName);
        return (int)double.Parse(output, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a shell's command line, which must succeed.</summary>
    public static async Task<string> ShellAsync(string line)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{{ {line}\n}} 2>&1"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{line}: exit status {process.ExitCode}\n{output}");
        return output;
    }

    /// <summary>Fails where a device does not start with what another has, or is shorter.</summary>
    public static void AssertStartsWith(string path, byte[] content)
    {
        var found = Machine.Read(path);
        Assert.True(found.Length >= content.Length, $"{path} has {found.Length} bytes, {content.Length} were expected.");
        var common = found.AsSpan(0, content.Length).CommonPrefixLength(content);
        Assert.True(common == content.Length, $"{path} differs at byte {common}.");
    }

    /// <summary>Fails where a device has something that is not 0.</summary>
    public static void AssertZeros(string path) => Assert.Equal(-1, Machine.Read(path).AsSpan().IndexOfAnyExcept((byte)0));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
