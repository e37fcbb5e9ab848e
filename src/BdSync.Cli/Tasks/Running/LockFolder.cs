using System.Globalization;
using System.Runtime.InteropServices;
using BdSync.Cli.Files;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// Where lock files are: the same for all runs of a user, whether by cron or by hand, and nobody else's to write to. What others could put
/// there would be opened, and keep runs from their work.
/// </summary>
internal static partial class LockFolder
{
    /// <summary>The administrator's. Not <c>/run/lock</c>: where everybody may write, everybody could be first.</summary>
    private const string SystemFolder = "/run/bdsync";

    /// <summary>In front of a user's number. Neither XDG_RUNTIME_DIR nor TMPDIR: cron's jobs and logins have different ones.</summary>
    private const string UserFolder = "/tmp/bdsync-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it where it isn't there.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="TaskException">It can't be made, or others could write to it.</exception>
    public static string Prepare()
    {
        var user = GetUser();
        return Prepare(user == 0 ? SystemFolder : UserFolder + user.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc cref="Prepare()"/>
    /// <param name="folder">The folder.</param>
    public static string Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskException($"The folder {folder} for lock files can't be created: {exception.Message} Nothing was done.", exception);
        }

        if (FileStatus.Get(folder, out var status) is not 0 and var error)
        {
            throw new TaskException($"The folder {folder} for lock files can't be looked at: {Marshal.GetPInvokeErrorMessage(error)}. Nothing was done.");
        }

        return status.IsFolder && status.Owner == GetUser() && !status.IsWritableByOthers
            ? folder
            : throw new TaskException($"The folder {folder} for lock files is not a folder that only its owner, user {GetUser()}, can write to: somebody else may have put it there. Remove it. Nothing was done.");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUser();
}
