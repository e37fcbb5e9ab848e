using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BdSync.Cli.Files;
using BdSync.Protocol;

namespace BdSync.Cli.Restriction;

/// <summary>What tasks do with the patches in a <see cref="PatchFolder"/>.</summary>
internal static class StoredPatches
{
    private const int RandomLength = 6, MaxTries = 100;

    private static readonly string Places = new('X', RandomLength);

    /// <summary>Makes a patch under a name that nobody could foresee.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="wanted">The path, with six times X before its end.</param>
    /// <param name="start">The same without the end.</param>
    /// <param name="end">The end.</param>
    /// <param name="sameEnd">The end once more.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="RestrictionException">It would be no patch.</exception>
    public static string Create(PatchFolder folder, string wanted, string start, string end, string sameEnd)
    {
        if (wanted != start + end || end != sameEnd || !start.EndsWith(Places, StringComparison.Ordinal))
        {
            throw new RestrictionException("The name of a new patch is not one that a task makes.");
        }

        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var path = start[..^RandomLength] + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", RandomLength) + end;
            if (folder.TryCreate(path))
            {
                return path;
            }
        }

        throw new IOException($"No name is free for {wanted}.");
    }

    /// <summary>Replaces a patch with what comes.</summary>
    /// <exception cref="BdSyncException">It can't be written; a part of what came is there.</exception>
    public static async Task ReplaceAsync(PatchFolder folder, string path, Stream input, CancellationToken cancellationToken)
    {
        await using var file = folder.Open(path, FileAccess.Write);

        try
        {
            // WaitAsync: a read from a pipe can't be cancelled, only left behind.
            await input.CopyToAsync(file, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            // The second one is .NET's word for a file that gets larger than its file system, or ulimit, allows.
            throw new BdSyncException(BdSyncExitStatus.Write, $"{path} can't be stored, and is incomplete now: {exception.Message.Replace(file.Name, path, StringComparison.Ordinal)}", exception);
        }

        if (StableStorage.Flush(file.SafeFileHandle) is not 0 and var error)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"Flushing {path} to stable storage failed, and it may be incomplete: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Says the sha256 of a patch, as sha256sum does.</summary>
    public static async Task<int> WriteSha256Async(PatchFolder folder, string path, CancellationToken cancellationToken)
    {
        await using var file = folder.Open(path, FileAccess.Read);
        Console.Out.WriteLine($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken))}  -");
        return 0;
    }
}
