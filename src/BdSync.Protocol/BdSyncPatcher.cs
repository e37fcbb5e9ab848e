using System.Text;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Protocol;

/// <summary>Applies patches, and makes those that take them back. Safe for several threads: each call is work of its own.</summary>
public sealed class BdSyncPatcher
{
    private readonly BdSyncPatcherOptions options;
    private readonly ILogger logger;

    /// <summary>Creates a patcher.</summary>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <param name="logger">Receives the log; null for none.</param>
    public BdSyncPatcher(BdSyncPatcherOptions? options = null, ILogger<BdSyncPatcher>? logger = null)
    {
        this.options = options ?? new();
        this.logger = logger ?? NullLogger<BdSyncPatcher>.Instance;
    }

    /// <summary>
    /// Applies a patch and returns when it is on stable storage. A stream that can seek is checked to its end before the first
    /// write. One that can't is checked as it comes; what an error then says includes how much has been written.
    /// </summary>
    /// <param name="patch">The patch, from its current position; it isn't closed.</param>
    /// <param name="openTarget">Opens the device, given what the patch says of it. The device is disposed of.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>; the device may be changed by then.</param>
    /// <returns>The header, the checksum, and what was done.</returns>
    /// <exception cref="PatchException">The patch is damaged, truncated or of another version.</exception>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict, or the device can't be resized.</exception>
    /// <exception cref="DeviceException">The device can't be opened or written.</exception>
    /// <exception cref="BdSyncException">The patch can't be read.</exception>
    public async Task<PatchResult> ApplyAsync(Stream patch, Func<PatchHeader, WritableDevice> openTarget, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(openTarget);
        var reader = new PatchReader(patch);
        var header = await CheckAndReadHeaderAsync(patch, reader, cancellationToken).ConfigureAwait(false);
        logger.PatchOpened(header.DeviceName, header.DeviceLength);
        using var target = openTarget(header);
        CompareSizes(target.Length, header.DeviceLength);

        using var applier = new PatchApplier(target, header, options.SizePolicy);
        try
        {
            await applier.ApplyAsync(reader, cancellationToken).ConfigureAwait(false);
        }
        catch (BdSyncException exception)
        {
            throw WithState(exception, DescribeState(applier, target.Name));
        }
        catch (OperationCanceledException)
        {
            logger.PatchInterrupted(DescribeState(applier, target.Name));
            throw;
        }

        logger.PatchApplied(applier.BytesWritten);
        return new(header, reader.Checksum, applier.BytesWritten);
    }

    /// <summary>
    /// Writes the patch that takes a target back to its present state once <paramref name="patch"/> has been applied with this patcher's options,
    /// wholly or in part. Where that changes the target's size, it takes <see cref="SizePolicy.Resize"/> to go back. The target isn't touched.
    /// </summary>
    /// <param name="patch">The patch, from its current position, where it is put back to; it can seek. All of it is checked.</param>
    /// <param name="openTarget">Opens the device, given what the patch says of it. The device is disposed of.</param>
    /// <param name="undo">Receives the patch that takes it back; it isn't closed. Where this fails it has got a patch without an end.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The size of the written patch in bytes.</returns>
    /// <exception cref="ArgumentException">The patch can't seek.</exception>
    /// <exception cref="PatchException">The patch is damaged, truncated or of another version.</exception>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict.</exception>
    /// <exception cref="DeviceException">The device can't be opened or read.</exception>
    /// <exception cref="BdSyncException">The patch can't be read, or <paramref name="undo"/> not be written.</exception>
    public async Task<long> WriteUndoAsync(Stream patch, Func<PatchHeader, Device> openTarget, Stream undo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(openTarget);
        ArgumentNullException.ThrowIfNull(undo);
        if (!patch.CanSeek)
        {
            throw new ArgumentException("The patch is read twice, so it must be able to seek.", nameof(patch));
        }

        var start = patch.Position;
        try
        {
            var reader = new PatchReader(patch);
            var header = await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            CheckName(header.DeviceName);
            using var target = openTarget(header);
            RefuseSizes(target.Length, header.DeviceLength);
            var writer = new PatchWriter(undo);
            using var inverter = new PatchInverter(target, header, options.SizePolicy, writer);
            await inverter.InvertAsync(reader, cancellationToken).ConfigureAwait(false);
            logger.UndoWritten(writer.BytesWritten);
            return writer.BytesWritten;
        }
        finally
        {
            patch.Position = start;
        }
    }

    // Bytes that aren't UTF-8 take more room when they are written.
    private static void CheckName(string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        if (length > PatchFormat.MaxNameLength)
        {
            throw new PatchException($"The patch's device name would have {length} bytes in UTF-8; at most {PatchFormat.MaxNameLength} are allowed in one that takes the device back.");
        }
    }

    // Up to here the target isn't even open, and an error says so.
    private async Task<PatchHeader> CheckAndReadHeaderAsync(Stream patch, PatchReader reader, CancellationToken cancellationToken)
    {
        try
        {
            if (patch.CanSeek)
            {
                await CheckAsync(patch, cancellationToken).ConfigureAwait(false);
            }

            return await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BdSyncException exception)
        {
            throw WithState(exception, "Nothing has been written.");
        }
    }

    private async Task CheckAsync(Stream patch, CancellationToken cancellationToken)
    {
        var start = patch.Position;
        var reader = new PatchReader(patch);
        await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadRecordAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            // Reading is what checks.
        }

        logger.PatchChecked(reader.Position);
        patch.Position = start;
    }

    private void CompareSizes(long targetLength, long patchLength)
    {
        RefuseSizes(targetLength, patchLength);
        if (targetLength != patchLength && options.WarnOfSizes)
        {
            logger.PatchSizeDiffers(targetLength, patchLength);
        }
    }

    private void RefuseSizes(long targetLength, long patchLength)
    {
        if (targetLength != patchLength && options.SizePolicy == SizePolicy.Strict)
        {
            throw new SizeMismatchException($"Different sizes current={targetLength} patch={patchLength}");
        }
    }

    private static string DescribeState(PatchApplier applier, string name) =>
        applier.HasTouchedTarget
            ? $"{name} is neither in its old nor in its new state: {applier.BytesWritten} bytes have been written. Apply a whole patch."
            : $"Nothing has been written to {name}.";

    private static BdSyncException WithState(BdSyncException exception, string state)
    {
        var message = $"{exception.Message} {state}";
        return exception switch
        {
            PatchException => new PatchException(message, exception),
            SizeMismatchException => new SizeMismatchException(message, exception),
            DeviceException => new DeviceException(exception.ExitStatus, message, exception),
            _ => new BdSyncException(exception.ExitStatus, message, exception),
        };
    }
}
