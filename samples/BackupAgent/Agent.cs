using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BackupAgent;

/// <summary>Brings a copy up to date by a patch in a file: the copy is not touched before the whole patch is there.</summary>
internal sealed class Agent(string patchFolder, IProgress<SyncProgress> progress)
{
    /// <summary>Returns how many bytes were written to the target.</summary>
    public async Task<long> BackUpAsync(string sourcePath, string targetPath, CancellationToken cancellationToken)
    {
        // It is gone when it is closed, whatever happens.
        await using var patch = new FileStream(
            Path.Combine(patchFolder, $"{Guid.NewGuid()}.patch"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var source = LocalDevice.Open(sourcePath))
        using (var target = LocalDevice.Open(targetPath))
        {
            await new BdSyncLocal().WritePatchAsync(source, target, patch, progress, cancellationToken);
        }

        patch.Position = 0;
        var result = await new BdSyncPatcher().ApplyAsync(patch, _ => WritableLocalDevice.Open(targetPath), cancellationToken);
        return result.BytesWritten;
    }
}
