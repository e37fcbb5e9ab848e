using BdSync.Cli.Output;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>What a run says. The wording at information level is bdsync-manager's: scripts look for it.</summary>
internal static partial class TaskLog
{
    [LoggerMessage(LogLevel.Debug, "Reading config file: {Path}")]
    public static partial void ReadingConfiguration(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(this ILogger logger, string warning);

    [LoggerMessage(LogLevel.Error, "{Error}")]
    public static partial void ConfigurationError(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Warning, "Skipping unknown task: {Name}")]
    public static partial void SkippingUnknownTask(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Warning, "There is nothing to be done (no tasks found in config file).")]
    public static partial void NothingToDo(this ILogger logger);

    [LoggerMessage(LogLevel.Information, "Skipping disabled task")]
    public static partial void SkippingDisabledTask(this ILogger logger);

    [LoggerMessage(LogLevel.Debug, "Testing if target exists: {Path} on {Host}")]
    public static partial void TestingTarget(this ILogger logger, string path, string host);

    [LoggerMessage(LogLevel.Warning, "Creating missing target file: {Path}")]
    public static partial void CreatingTarget(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "Creating missing target volume: {Volume} with {Size}")]
    public static partial void CreatingVolume(this ILogger logger, string volume, DataSize size);

    [LoggerMessage(LogLevel.Information, "Resizing target volume: {Volume} from {Old} to {New}")]
    public static partial void ResizingVolume(this ILogger logger, string volume, DataSize old, DataSize @new);

    [LoggerMessage(LogLevel.Debug, "Using temporary patch file: {Path} on {Host}")]
    public static partial void UsingPatchFile(this ILogger logger, string path, string host);

    [LoggerMessage(LogLevel.Information, "Patch Generate Time: {Generate}")]
    public static partial void PatchGenerated(this ILogger logger, ElapsedTime generate);

    [LoggerMessage(LogLevel.Information, "Patch Size: {Patch}")]
    public static partial void PatchStored(this ILogger logger, DataSize patch);

    [LoggerMessage(LogLevel.Debug, "The patch on {Host} is the one that was sent: {How}.")]
    public static partial void PatchIsWhole(this ILogger logger, string host, string how);

    [LoggerMessage(LogLevel.Information, "Patch Apply Time: {Apply}")]
    public static partial void PatchApplied(this ILogger logger, ElapsedTime apply);

    [LoggerMessage(LogLevel.Information, "Change Apply Time: {Apply}")]
    public static partial void ChangesApplied(this ILogger logger, ElapsedTime apply);

    [LoggerMessage(LogLevel.Debug, "Removing temporary patch file: {Path}")]
    public static partial void RemovingPatchFile(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "The patch file {Path} on {Host} could not be removed: {Reason}")]
    public static partial void PatchFileLeft(this ILogger logger, string path, string host, string reason);

    [LoggerMessage(LogLevel.Information, "The patch is kept: {Path}")]
    public static partial void PatchKept(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Information, "The patch that takes the target back: {Path}")]
    public static partial void UndoPatchKept(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Debug, "Removing old patch: {Path}")]
    public static partial void RemovingOldPatch(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Information, "Verified: source and target are equal.")]
    public static partial void Verified(this ILogger logger);

    [LoggerMessage(LogLevel.Information, "Audited: {Checked} of {Total} blocks, chosen at random, are equal. With {Percent} % confidence fewer than {Limit} blocks are damaged.")]
    public static partial void Audited(this ILogger logger, long @checked, long total, long limit, double percent);

    [LoggerMessage(LogLevel.Warning, "The connection broke, attempt {Attempt} of {Attempts} follows: {Reason}")]
    public static partial void TryingAgain(this ILogger logger, int attempt, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "The remote command ended with exit status {RemoteExitStatus} when all was compared; the patch is complete.")]
    public static partial void RemoteStatusIgnored(this ILogger logger, int remoteExitStatus);

    [LoggerMessage(LogLevel.Debug, "Running {Hook}: {Command}")]
    public static partial void RunningHook(this ILogger logger, string hook, string command);

    [LoggerMessage(LogLevel.Information, "{Hook}: {Line}")]
    public static partial void HookOutput(this ILogger logger, string hook, string line);

    [LoggerMessage(LogLevel.Error, "{Error}")]
    public static partial void HookFailed(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Error, "{Error}")]
    public static partial void TaskFailed(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Error, "Terminated via user input")]
    public static partial void Terminated(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Dry run: {Differing} of {Source} differ; the patch would have {Patch}. Nothing was written.")]
    public static partial void WouldTransfer(this ILogger logger, DataSize differing, DataSize source, DataSize patch);

    [LoggerMessage(LogLevel.Warning, "Dry run: the target {Path} would be created, and all of the source compared with it. Nothing was written.")]
    public static partial void WouldCreate(this ILogger logger, string path);
}
