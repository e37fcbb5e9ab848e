using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Sends a server what a client should not, and looks at how it ends.</summary>
internal static class HostileClient
{
    /// <summary>A device of 100 bytes that differ from each other.</summary>
    public static readonly byte[] Device = [.. Enumerable.Range(0, 100).Select(value => (byte)(value + 1))];

    /// <summary>What any session starts with.</summary>
    public static readonly byte[] Opening = RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile("device"));

    /// <summary>What a session with md5 and no checksum starts with.</summary>
    public static readonly byte[] OpeningWithDigests = RawMessage.Join(Opening, RawMessage.Digests());

    /// <summary>What a session with md5 and a checksum starts with.</summary>
    public static readonly byte[] OpeningWithChecksum = RawMessage.Join(Opening, RawMessage.Digests("md5", "md5"));

    /// <summary>The server ends with this status and a message that names these words, and has let go of the device.</summary>
    public static async Task RefusesAsync(BdSyncExitStatus status, string words, params byte[][] messages)
    {
        using var device = new MemoryDevice(Device);
        var opened = false;
        var options = new BdSyncServerOptions
        {
            OpenDevice = _ =>
            {
                opened = true;
                return device;
            },
        };
        var (answer, error) = await TestSession.RunServerAsync(options, RawMessage.Join(messages), TestContext.Current.CancellationToken);
        Assert.Equal(status, SessionResult.GetStatus(error));
        Assert.Contains(words, error!.Message, StringComparison.Ordinal);
        Assert.Equal(opened, device.IsDisposed);
        Assert.Equal(RawMessage.Hello("SERVER 0.5"), RawMessage.Split(answer)[0]);
    }

    /// <summary>The server ends well once it is told Done; the last message before that was answered with this, or not at all.</summary>
    public static async Task AcceptsAsync(byte[]? answered, params byte[][] messages)
    {
        var (answer, error) = await TestSession.RunServerAsync(
            TestSession.Serve(Device), RawMessage.Join([.. messages, RawMessage.Done()]), TestContext.Current.CancellationToken);
        Assert.Null(error);
        var answers = RawMessage.Split(answer);
        Assert.Equal(RawMessage.Done(), answers[^1]);
        if (answered is not null)
        {
            Assert.Equal(answered, answers[^2]);
        }
    }
}
