using BdSync.Cli.CommandLine;
using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Tasks;

/// <summary>One section of a task file, checked: what a run does for it. Immutable.</summary>
internal sealed record SyncTask
{
    /// <summary>The section's name.</summary>
    public required string Name { get; init; }

    /// <summary>The device that is copied, on this side, or on the other one where it is pulled.</summary>
    public required string SourcePath { get; init; }

    /// <summary>The device that becomes equal to it, on the other side of the source's; here too where there is no <see cref="Connection"/>.</summary>
    public required string TargetPath { get; init; }

    /// <summary>The other side; null where source and target are both on this machine.</summary>
    public TaskConnection? Connection { get; init; }

    /// <summary>Where the source is.</summary>
    public TaskDirection Direction { get; init; } = TaskDirection.Push;

    /// <summary>Whether the source is on the other side.</summary>
    public bool IsPull => Direction == TaskDirection.Pull;

    /// <summary>The program on the other side, as its shell takes it: may be a path with blanks, is quoted where it is used.</summary>
    public string RemoteBdSync { get; init; } = "bdsync";

    /// <summary>How to compare.</summary>
    public BdSyncClientOptions Client { get; init; } = new();

    /// <summary>The ssh_config(5) file that is read instead of the usual ones where the <see cref="Connection"/> is an address; null for these.</summary>
    public string? SshConfiguration { get; init; }

    /// <summary>How the progress of the comparison is shown.</summary>
    public ProgressStyle Progress { get; init; }

    /// <summary>Whether devices of this machine are read and written past the page cache.</summary>
    public bool Direct { get; init; }

    /// <summary>Further words for <c>--server</c> on the other side.</summary>
    public IReadOnlyList<string> ServerArguments { get; init; } = [];

    /// <summary>Further words for <c>--patch</c> on the other side.</summary>
    public IReadOnlyList<string> PatchArguments { get; init; } = [];

    /// <summary>How to apply a patch on this side: what <see cref="PatchArguments"/> say.</summary>
    public BdSyncPatcherOptions Patcher { get; init; } = new();

    /// <summary>Whether a patch is applied on this side even where the target is in use.</summary>
    public bool Force { get; init; }

    /// <summary>The folder, on the target's side, for patches; null where none is stored (<see cref="ApplyInPlace"/>).</summary>
    public string? PatchFolder { get; init; }

    /// <summary>Apply while comparing, without a stored patch.</summary>
    public bool ApplyInPlace { get; init; }

    public bool CreateTarget { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>Bytes per second that the transfer of the patch may take; null for no limit.</summary>
    public long? BandwidthLimit { get; init; }

    /// <summary>The source's snapshot; null for none.</summary>
    public LvmSettings? Lvm { get; init; }

    /// <summary>What is done to a target that is a logical volume so that it fits; null for nothing.</summary>
    public TargetVolumeSettings? TargetVolume { get; init; }

    /// <summary>How the patch is compressed on the way and where it is stored.</summary>
    public PatchCompression Compression { get; init; }

    /// <summary>How many applied patches stay in <see cref="PatchFolder"/>.</summary>
    public int KeptPatches { get; init; }

    /// <summary>How many patches that take the target back stay in <see cref="PatchFolder"/>.</summary>
    public int UndoPatches { get; init; }

    /// <summary>Compare once more when all is applied.</summary>
    public bool Verify { get; init; }

    /// <summary>The blocks that are compared once more when all is applied; null for none.</summary>
    public BlockSample? Audit { get; init; }

    /// <summary>How often in a row a broken connection is opened again.</summary>
    public int Retries { get; init; }

    /// <summary>Shell commands around the task.</summary>
    public TaskHooks Hooks { get; init; } = new();

    /// <summary>The section as it was read, keys in their order, values resolved; for showing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];
}
