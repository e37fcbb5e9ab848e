using System.Diagnostics;
using System.Security.Cryptography;
using BdSync.TestUtilities;

namespace BdSync.Lvm.Guest;

/// <summary>What a scenario works with: the guest's LVM. The script has made the group <see cref="Group"/> with the pool <see cref="Pool"/>.</summary>
public sealed class Machine
{
    /// <summary>The group of all scenarios that don't make one.</summary>
    public const string Group = "vg0";

    /// <summary>The thin pool in it.</summary>
    public const string Pool = "pool";

    /// <summary>1 MiB.</summary>
    public const int Megabyte = 1024 * 1024;

    /// <summary>What the library logs.</summary>
    public RecordingLogger<Snapshot> Log { get; } = new();

    /// <summary>LVM.</summary>
    public LvmTool Tool { get; } = new();

    /// <summary>Runs a command of LVM without the library, and returns what it printed.</summary>
    public static async Task<string> LvmAsync(params string[] words)
    {
        var result = await TryLvmAsync(words);
        Assert.True(result.ExitStatus == 0, $"lvm {string.Join(' ', words)}: {result}");
        return result.Output;
    }

    /// <summary>Runs dmsetup, and returns what it printed.</summary>
    public static async Task<string> DmsetupAsync(params string[] words)
    {
        var result = await RunAsync("/sbin/dmsetup", words);
        Assert.True(result.ExitStatus == 0, $"dmsetup {string.Join(' ', words)}: {result}");
        return result.Output;
    }

    /// <summary>Runs a command of LVM that may fail.</summary>
    public static Task<LvmResult> TryLvmAsync(params IReadOnlyList<string> words) => RunAsync("/sbin/lvm", words);

    /// <summary>The uuid of a volume, from lvs itself; null where there is none of this name.</summary>
    public static async Task<string?> FindUuidAsync(string fullName)
    {
        var result = await TryLvmAsync("lvs", "--noheadings", "--options", "lv_uuid", fullName);
        return result.ExitStatus == 0 ? result.Output.Trim() : null;
    }

    /// <summary>Makes a thick volume with random content.</summary>
    public async Task<LogicalVolume> CreateThickAsync(string name, int megabytes = 16, string group = Group)
    {
        await LvmAsync("lvcreate", "--yes", "--wipesignatures", "n", "--zero", "n", "--name", name, "--size", $"{megabytes}m", group);
        Fill($"/dev/{group}/{name}", megabytes * Megabyte);
        return await Tool.GetVolumeAsync(new(group, name));
    }

    /// <summary>Makes a thin volume with random content in its first MiB.</summary>
    public async Task<LogicalVolume> CreateThinAsync(string name, int megabytes = 16)
    {
        await LvmAsync("lvcreate", "--yes", "--thin", "--virtualsize", $"{megabytes}m", "--name", name, $"{Group}/{Pool}");
        Fill($"/dev/{Group}/{name}", Megabyte);
        return await Tool.GetVolumeAsync(new(Group, name));
    }

    /// <summary>Writes random bytes to the start of a device, and returns when it has them.</summary>
    public static void Fill(string path, int length)
    {
        using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        device.Write(RandomNumberGenerator.GetBytes(length));
        device.Flush(flushToDisk: true);
    }

    /// <summary>All bytes of a device.</summary>
    public static byte[] Read(string path)
    {
        using var device = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var content = new MemoryStream();
        device.CopyTo(content, Megabyte);
        return content.ToArray();
    }

    private static async Task<LvmResult> RunAsync(string program, IReadOnlyList<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await errors);
    }
}
