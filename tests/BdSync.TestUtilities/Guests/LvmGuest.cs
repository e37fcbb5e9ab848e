using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace BdSync.TestUtilities.Guests;

/// <summary>
/// A machine with real LVM: User-mode Linux, a kernel that runs as an ordinary process, over this machine's own file system (read-only), with disks of its own.
/// A boot takes some seconds, a command of LVM some tenths: many tests share one. See docs/testing.md.
/// </summary>
public sealed partial class LvmGuest : IDisposable
{
    /// <summary>Where <see cref="SharedFolder"/> is in the guest. It can be written to.</summary>
    public const string GuestSharedFolder = "/mnt/host";

    /// <summary>Where the programs are in the guest (<see cref="SharePrograms"/>).</summary>
    public const string GuestProgramFolder = $"{GuestSharedFolder}/program";

    /// <summary>The .NET host in the guest, for programs in the shared folder.</summary>
    public const string GuestDotnet = "/mnt/dotnet/dotnet";

    private const int MemoryMegabytes = 768;

    private const int KillSignal = 9;

    private static readonly string PackageFolder = Path.Combine(TestEnvironment.SourceFolder, "artifacts", "user-mode-linux", "usr");

    private static readonly string[] Programs = ["/sbin/lvm", "/sbin/dmsetup", "/bin/busybox", "/usr/bin/taskset", "/usr/sbin/thin_check", "/sbin/mkfs.ext4"];

    private readonly TemporaryFolder folder;
    private readonly int diskCount;

    /// <summary>Prepares a guest; <see cref="RunAsync"/> boots it.</summary>
    /// <param name="diskCount">How many disks it has, at most 8: /dev/ubda, /dev/ubdb, …</param>
    /// <param name="diskLength">How large each is, in bytes. They are sparse and full of zeros.</param>
    public LvmGuest(int diskCount, long diskLength)
    {
        folder = new(GuestMemory.FindFolder(MemoryMegabytes));
        this.diskCount = diskCount;
        Directory.CreateDirectory(SharedFolder);
        foreach (var disk in Enumerable.Range(0, diskCount))
        {
            using var file = File.Create(GetDiskPath(disk));
            file.SetLength(diskLength);
        }
    }

    /// <summary>The folder that the guest shares with this machine.</summary>
    public string SharedFolder => folder.GetPath("share");

    /// <summary>Skips the test where no guest can be booted.</summary>
    public static void Require()
    {
        TestEnvironment.RequireRoot();
        TestEnvironment.Require(RuntimeInformation.ProcessArchitecture == Architecture.X64, "User-mode Linux is for x86-64.");
        TestEnvironment.Require(File.Exists(KernelPath), "User-mode Linux is not there: ./scripts/user-mode-linux.sh gets it.");
        foreach (var program in Programs)
        {
            TestEnvironment.Require(File.Exists(program), $"{program} is not there: ./test.sh installs it.");
        }
    }

    /// <summary>Shares the programs that lie beside the tests, bdsync.dll among them.</summary>
    public void SharePrograms()
    {
        var folder = Directory.CreateDirectory(Path.Combine(SharedFolder, "program")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    /// <summary>Boots the guest, runs a script in it, and waits for its end.</summary>
    /// <param name="script">For sh. Its folder is /tmp; LVM finds no volumes before it makes some.</param>
    /// <param name="processor">On which processor, as taskset(1) wants it.</param>
    /// <param name="timeLimit">After this the guest is killed.</param>
    public async Task<LvmGuestResult> RunAsync(string script, int processor, TimeSpan timeLimit)
    {
        await File.WriteAllTextAsync(Path.Combine(SharedFolder, "script"), script);
        var logPath = Path.Combine(SharedFolder, "log");
        File.Delete(logPath);
        var console = await BootAsync(processor, timeLimit);
        var exit = ExitLine().Match(console);
        return new(
            exit.Success ? int.Parse(exit.Groups[1].Value, CultureInfo.InvariantCulture) : null,
            File.Exists(logPath) ? await File.ReadAllTextAsync(logPath) : "",
            console);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static string KernelPath => Path.Combine(PackageFolder, "bin", "linux.uml");

    // The kernel's version is a folder's name.
    private static string ModulesFolder =>
        Path.Combine(Directory.EnumerateDirectories(Path.Combine(PackageFolder, "lib", "uml", "modules")).Single(), "kernel", "drivers", "md");

    // …/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll
    private static string DotnetFolder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private string GetDiskPath(int index) => folder.GetPath($"disk{index}");

    private async Task<string> BootAsync(int processor, TimeSpan timeLimit)
    {
        var init = Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.TestUtilities", "Guests", "init.sh");
        string[] words =
        [
            "--cpu-list", processor.ToString(CultureInfo.InvariantCulture),

            // It makes a process group of its own, and ends the guest even where this program is no more.
            "timeout", "--signal=KILL", timeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture), KernelPath,
            $"mem={MemoryMegabytes}M", $"uml_dir={folder.GetPath("uml")}", "umid=guest",
            "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", $"init={init}",
            .. Enumerable.Range(0, diskCount).Select(disk => $"ubd{disk}={GetDiskPath(disk)}"),
            "con=null", "con0=null,fd:1", "ssl=null", "quiet", "loglevel=3", "panic=-1",
            $"g.share={SharedFolder}", $"g.modules={ModulesFolder}", $"g.dotnet={DotnetFolder}",
        ];
        var startInfo = new ProcessStartInfo("taskset", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        // The kernel keeps its memory in a file there.
        startInfo.Environment["TMPDIR"] = folder.FullPath;
        using var process = Process.Start(startInfo)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync();
        }
        finally
        {
            // What is left of the guest's processes, which would keep the streams open.
            _ = Kill(-process.Id, KillSignal);
        }

        return await output + await errors;
    }

    [GeneratedRegex(@"^GUEST-EXIT (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ExitLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
