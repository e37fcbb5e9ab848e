namespace BdSync.Cli.Tasks;

/// <summary>The snapshot that a task reads instead of its source.</summary>
/// <param name="SnapshotSize">As <c>lvcreate --size</c> takes it.</param>
/// <param name="SnapshotName">The name of the new volume.</param>
/// <param name="ProgramPath">The lvm program.</param>
internal sealed record LvmSettings(string SnapshotSize, string SnapshotName, string ProgramPath);
