using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Answers a client what a server should not, and looks at how it ends.</summary>
internal static class HostileServer
{
    public const byte DevFile = 2;
    public const byte GetHashes = 5;
    public const byte Done = 7;
    public const byte GetBlock = 8;
    public const byte GetChecksum = 10;

    /// <summary>The local device: 8 bytes, two blocks.</summary>
    public static readonly byte[] Device = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>Blocks of 4 bytes and no salt to speak of.</summary>
    public static readonly BdSyncClientOptions Options = new() { BlockSize = 4, FixedSalt = true };

    /// <summary>What any session starts with: the same size as the local device.</summary>
    public static readonly ScriptStep Opening = ScriptStep.Send(RawMessage.Hello("SERVER 0.5"), RawMessage.Size(8));

    /// <summary>The answer to the one GetHashes of this device: every block differs.</summary>
    public static readonly ScriptStep AllDiffers = ScriptStep.On(GetHashes, RawMessage.Hashes(0, 4, 2, new byte[32]));

    /// <summary>The client ends with this status and a message that names these words; its patch, if any, is refused by any reader.</summary>
    public static Task RefusesAsync(BdSyncExitStatus status, string words, params IReadOnlyList<ScriptStep> script) =>
        RefusesAsync(Options, status, words, script);

    /// <summary>The same with options.</summary>
    public static async Task RefusesAsync(BdSyncClientOptions options, BdSyncExitStatus status, string words, params IReadOnlyList<ScriptStep> script)
    {
        var result = await RunAsync(options, script);
        Assert.Equal(status, result.ClientStatus);
        Assert.Contains(words, result.ClientError!.Message, StringComparison.Ordinal);
        await PatchCheck.IsIncompleteAsync(result.Patch);
    }

    /// <summary>The client ends well.</summary>
    public static async Task<byte[]> AcceptsAsync(BdSyncClientOptions options, params IReadOnlyList<ScriptStep> script)
    {
        var result = await RunAsync(options, script);
        Assert.Null(result.ClientError);
        return result.Patch;
    }

    private static async Task<SessionResult> RunAsync(BdSyncClientOptions options, IReadOnlyList<ScriptStep> script)
    {
        using var local = new MemoryDevice(Device, "local");
        return await TestSession.RunAgainstScriptAsync(options, local, script, TestContext.Current.CancellationToken);
    }
}
