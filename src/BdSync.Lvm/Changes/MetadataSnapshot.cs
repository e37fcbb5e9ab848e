using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>
/// The metadata snapshot of a device of device-mapper, of which there can be one: it is reserved, read by a program, and released whatever happens. One that a killed run has left is
/// released first. See the kernel's admin guide, device-mapper/thin-provisioning and device-mapper/era.
/// </summary>
/// <param name="tool">Runs programs.</param>
/// <param name="kind">What kind of device it is.</param>
/// <param name="device">The device, as dmsetup(8) takes it.</param>
/// <param name="metadataPath">The device with its metadata.</param>
/// <param name="title">What the device is called in messages.</param>
internal sealed class MetadataSnapshot(LvmTool tool, MetadataKind kind, string device, string metadataPath, string title)
{
    private const string DeviceMapper = "dmsetup";

    /// <summary>Where a status has the held root, or a dash: behind start, length, target and three fields more, with all kinds.</summary>
    private const int HeldRootField = 6;

    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Reserves it and has a program read it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="getWords">What it gets, given the block where the metadata snapshot is; the path of the metadata comes behind that.</param>
    /// <param name="read">Reads what it prints.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">A program is missing or fails, its output can't be understood, or somebody else has used the metadata snapshot meanwhile.</exception>
    public async Task<IReadOnlyList<Extent>> ReadAsync(string program, Func<string, string[]> getWords, Func<Stream, IReadOnlyList<Extent>> read, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (await FindRootAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            // Whoever works like this has the lock: a run was killed.
            await SendAsync(tool, device, kind.ReleaseMessage).ConfigureAwait(false);
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await SendAsync(tool, device, kind.ReserveMessage).ConfigureAwait(false);
            var reserved = await FindRootAsync(cancellationToken).ConfigureAwait(false) ?? throw NotOurs();
            var extents = await tool.ReadProgramAsync(program, [.. getWords(reserved), metadataPath], read, cancellationToken).ConfigureAwait(false);
            return await FindRootAsync(cancellationToken).ConfigureAwait(false) == reserved ? extents : throw NotOurs();
        }
        finally
        {
            await TryReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The fields of a device's status.</summary>
    /// <exception cref="LvmException">It is no such device, or in no state to be asked.</exception>
    public static async Task<string[]> ReadStatusAsync(LvmTool tool, MetadataKind kind, string device, string title, CancellationToken cancellationToken)
    {
        var status = await RunAsync(tool, ["status", device], isChange: false, cancellationToken).ConfigureAwait(false);
        var fields = status.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > HeldRootField && fields[2] == kind.Target ? fields : throw new LvmException($"{title} is in no state to be asked: '{status.Trim()}'.");
    }

    /// <summary>Sends a device a message.</summary>
    public static Task SendAsync(LvmTool tool, string device, string message) => RunAsync(tool, ["message", device, "0", message], isChange: true, CancellationToken.None);

    /// <summary>Runs dmsetup, and returns what it prints.</summary>
    /// <exception cref="LvmException">It fails.</exception>
    public static async Task<string> RunAsync(LvmTool tool, string[] words, bool isChange, CancellationToken cancellationToken)
    {
        var result = await tool.RunProgramAsync(DeviceMapper, words, isChange, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus == 0 ? result.Output : throw new LvmException($"ended with exit status {result.ExitStatus}", [DeviceMapper, .. words], result);
    }

    private LvmException NotOurs() => new($"The metadata snapshot of {title} is not the one that was reserved: somebody else uses it.");

    private async Task<string?> FindRootAsync(CancellationToken cancellationToken)
    {
        var fields = await ReadStatusAsync(tool, kind, device, title, cancellationToken).ConfigureAwait(false);
        return fields[HeldRootField] is "-" ? null : fields[HeldRootField];
    }

    // A failure is logged: it must not hide the error before it, and the next use begins with this, too.
    private async Task TryReleaseAsync()
    {
        try
        {
            if (await FindRootAsync(CancellationToken.None).ConfigureAwait(false) is not null)
            {
                await SendAsync(tool, device, kind.ReleaseMessage).ConfigureAwait(false);
            }
        }
        catch (LvmException exception)
        {
            tool.Logger.ReleaseFailed(title, exception.Message);
        }
    }

    // FileShare.None is flock(2) with LOCK_EX | LOCK_NB, which works on devices, too; the system lets go of it when this program ends.
    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockInterval)
        {
            try
            {
                return File.OpenHandle(metadataPath, FileMode.Open, FileAccess.Read, FileShare.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (!File.Exists(metadataPath) || exception is UnauthorizedAccessException || waited >= tool.TimeLimit)
                {
                    throw new LvmException($"The metadata of {title} can't be used: {exception.Message}", exception);
                }
            }

            await Task.Delay(LockInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
