using System.Security.Cryptography;
using System.Text;
using BdSync.Cli.Tasks.Running;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// What the snapshots of tasks are called: as the task says, with the volume's name behind it where all snapshots of a group are there at once. Where that gives two snapshots that may be there at the same
/// time one name, each gets a part that is its task's. All of it is the same from run to run, so that what a killed run has left is found again.
/// </summary>
/// <param name="tasks">The tasks of the file, whichever of them are run: a name must not depend on that.</param>
/// <param name="parallel">How many tasks run at once.</param>
internal sealed class SnapshotNames(IReadOnlyList<SyncTask> tasks, int parallel)
{
    /// <summary>How long a name of device-mapper may be: its DM_NAME_LEN (linux/dm-ioctl.h) is 128 with the byte at its end.</summary>
    private const int MaxMappingLength = 127;

    /// <summary>Behind the name of a thick snapshot, for the device with its changes.</summary>
    private const int SuffixLength = 4;

    /// <summary>How many bytes of a hash tell tasks apart.</summary>
    private const int HashLength = 6;

    private readonly Lazy<ILookup<(string Group, string Name), SyncTask>> named = new(() =>
        tasks.Where(task => task is { IsDisabled: false, Lvm: not null })
            .Select(task => (Task: task, Source: VolumeName.TryResolve(task.SourcePath)))
            .Where(item => item.Source is not null)
            .ToLookup(item => (item.Source!.Group, GetWantedName(item.Task, item.Source)), item => item.Task));

    /// <summary>The name of a task's snapshot.</summary>
    /// <param name="task">The task, which wants a snapshot.</param>
    /// <param name="source">Its source.</param>
    /// <exception cref="TaskException">The group's name leaves no room for one.</exception>
    public string Get(SyncTask task, VolumeName source)
    {
        var wanted = GetWantedName(task, source);
        var isShared = named.Value[(source.Group, wanted)].Any(other => other.Name != task.Name && MayMeet(task, other));
        return isShared || (task.Lvm!.Together && !Fits(source.Group, wanted)) ? Distinguish(task, source, wanted) : wanted;
    }

    // Whether their snapshots may be there at the same time.
    private bool MayMeet(SyncTask task, SyncTask other) =>
        task.Lvm!.Together || other.Lvm!.Together || (parallel > 1 && RunSchedule.GetHost(task) != RunSchedule.GetHost(other));

    private static string GetWantedName(SyncTask task, VolumeName source) => task.Lvm!.Together ? $"{task.Lvm.SnapshotName}-{source.Name}" : task.Lvm.SnapshotName;

    // Whatever is cut off is in the hash.
    private static string Distinguish(SyncTask task, VolumeName source, string wanted)
    {
        var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{task.Name}\n{wanted}")).AsSpan(0, HashLength));
        for (var kept = Math.Min(wanted.Length, MaxMappingLength); kept > 0; kept--)
        {
            if ($"{wanted[..kept]}-{own}" is var name && Fits(source.Group, name))
            {
                return name;
            }
        }

        throw new TaskException($"The name of the volume group {source.Group} leaves no room for the name of a snapshot of {source}. Nothing was done.");
    }

    private static bool Fits(string group, string name) => CountDoubled(group) + 1 + CountDoubled(name) + SuffixLength <= MaxMappingLength;

    // A dash is doubled there.
    private static int CountDoubled(string name) => name.Length + name.Count(character => character == '-');
}
