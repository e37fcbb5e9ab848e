using BdSync.Protocol;

namespace BdSync.TestUtilities;

/// <summary>How a session between this client and a server turned out.</summary>
/// <param name="Patch">What the client wrote, whole or not.</param>
/// <param name="Result">What the client returned; null where it failed.</param>
/// <param name="ClientError">Why the client failed; null where it did not.</param>
/// <param name="ServerError">Why the server failed; null where it did not.</param>
public sealed record SessionResult(byte[] Patch, SyncResult? Result, Exception? ClientError, Exception? ServerError)
{
    /// <summary>The exit status of the client.</summary>
    public BdSyncExitStatus ClientStatus => GetStatus(ClientError);

    /// <summary>The exit status of the server.</summary>
    public BdSyncExitStatus ServerStatus => GetStatus(ServerError);

    /// <summary>The exit status that belongs to an error; one that is not meant for users is thrown, so that a test shows it.</summary>
    public static BdSyncExitStatus GetStatus(Exception? error) => error switch
    {
        null => BdSyncExitStatus.Success,
        BdSyncException expected when Enum.IsDefined(expected.ExitStatus) => expected.ExitStatus,
        _ => throw new InvalidOperationException($"A session ended with an error that no user should see: {error}", error),
    };
}
