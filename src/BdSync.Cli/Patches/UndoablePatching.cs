using BdSync.Cli.CommandLine;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;

namespace BdSync.Cli.Patches;

/// <summary>Applies patches, and before it touches a target writes what takes it back. Safe for several threads: each call is work of its own.</summary>
/// <param name="patcher">Applies the patch.</param>
/// <param name="openTarget">Opens the device, given what the patch says of it; it stays open in between, so that nobody else gets hold of it.</param>
/// <param name="warn">Is told, where it is cancelled, how to go back.</param>
internal sealed class UndoablePatching(BdSyncPatcher patcher, Func<PatchHeader, WritableDevice> openTarget, Action<string> warn)
{
    /// <summary>Applies a patch. Where it fails before the target is touched, the undo is removed; behind that, the message says how to go back.</summary>
    /// <param name="patch">The patch, plain or compressed, from its current position. One that can't seek is stored beside the undo for as long as this takes.</param>
    /// <param name="undoPath">Where the patch goes that takes the target back; nothing may be there.</param>
    /// <param name="cancellationToken">Ends the work; the target may be changed by then.</param>
    /// <param name="undoFolder">What leads to the undo's folder whatever becomes of its path meanwhile; null for the path itself.</param>
    /// <returns>What applying it gave; both the target and the undo are on stable storage.</returns>
    /// <exception cref="BdSyncException">As from <see cref="BdSyncPatcher"/>, or the undo can't be written.</exception>
    public async Task<PatchResult> ApplyAsync(Stream patch, string undoPath, CancellationToken cancellationToken, string? undoFolder = null)
    {
        using var undo = NewPatchFile.Create(undoPath, "The file for undoing", undoFolder);
        await using var stored = patch.CanSeek ? null : await StoreAsync(patch, undo, cancellationToken);
        await using var plain = await CompressedPatch.OpenReadAsync(stored ?? patch, cancellationToken);
        WritableDevice? device = null;
        WatchedDevice? target = null;
        var goBack = "";
        try
        {
            await WriteUndoAsync(plain, Open, undo, cancellationToken);
            var result = await patcher.ApplyAsync(plain, _ => target!, cancellationToken);
            undo.Keep();
            return result;
        }
        catch (BdSyncException exception) when (target is { IsTouched: true })
        {
            undo.Keep();
            throw new BdSyncException(exception.ExitStatus, $"{exception.Message} {goBack}", exception);
        }
        catch (Exception) when (target is { IsTouched: true })
        {
            undo.Keep();
            warn(goBack);
            throw;
        }
        finally
        {
            device?.Dispose();
        }

        Device Open(PatchHeader header)
        {
            device = openTarget(header);
            var resize = header.DeviceLength == device.Length ? "" : "--diffsize=resize ";
            goBack = $"What takes it back is in {undo.FullPath}: bdsync --patch={ShellWord.Quote(device.Name)} {resize}< {ShellWord.Quote(undo.FullPath)}";
            return target = new WatchedDevice(device);
        }
    }

    private async Task WriteUndoAsync(Stream patch, Func<PatchHeader, Device> open, NewPatchFile undo, CancellationToken cancellationToken)
    {
        try
        {
            await patcher.WriteUndoAsync(patch, open, undo.Stream, cancellationToken);
            undo.Flush();
        }
        catch (BdSyncException exception) when (exception.ExitStatus == BdSyncExitStatus.Write)
        {
            throw new BdSyncException(exception.ExitStatus, $"{undo.FullPath} can't be written, and nothing has been changed: {exception.Message}", exception);
        }
    }

    private static async Task<FileStream> StoreAsync(Stream patch, NewPatchFile undo, CancellationToken cancellationToken)
    {
        var file = undo.CreateUnnamedFile();
        try
        {
            // WaitAsync: a read from a pipe can't be cancelled, only left behind.
            await patch.CopyToAsync(file, cancellationToken).WaitAsync(cancellationToken);
            file.Position = 0;
            return file;
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            // The second one is .NET's word for a file that gets larger than its file system, or ulimit, allows.
            await file.DisposeAsync();
            throw new BdSyncException(BdSyncExitStatus.Write, $"The patch can't be stored beside {undo.FullPath}, and nothing has been changed: {exception.Message}", exception);
        }
    }
}
