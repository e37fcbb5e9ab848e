using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Applies what is no good patch, from a file and from a pipe, and looks at what is left of the target.</summary>
internal static class HostilePatch
{
    /// <summary>The target: 16 bytes of 0xEE.</summary>
    public static readonly byte[] Target = [.. Enumerable.Repeat((byte)0xEE, 16)];

    /// <summary>From a file nothing is written and the message says so; from a pipe what is written is what the message says.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="words">What the message has to contain.</param>
    /// <param name="written">How many bytes may be written from a pipe before the fault is seen.</param>
    /// <param name="policy">The size policy.</param>
    public static async Task IsRefusedAsync(byte[] patch, string words, int written = 0, SizePolicy policy = SizePolicy.Strict)
    {
        var (checkedError, untouched) = await ApplyAsync(new MemoryStream(patch), policy);
        Assert.Equal(Target, untouched);
        AssertFault(checkedError, words);
        Assert.Contains("Nothing has been written", checkedError.Message, StringComparison.Ordinal);

        var (error, content) = await ApplyAsync(new ForwardOnlyStream(patch), policy);
        AssertFault(error, words);
        if (content.SequenceEqual(Target))
        {
            Assert.Contains("Nothing has been written", error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($"{written} bytes have been written", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The patch is applied, from a file and from a pipe, and the target has this content then.</summary>
    public static async Task IsAppliedAsync(byte[] patch, byte[] expected, SizePolicy policy = SizePolicy.Strict)
    {
        foreach (var stream in new Stream[] { new MemoryStream(patch), new ForwardOnlyStream(patch, maxRead: 3) })
        {
            var (error, content) = await ApplyAsync(stream, policy);
            Assert.Null(error);
            Assert.Equal(expected, content);
        }
    }

    /// <summary>Applies a patch to a copy of the target.</summary>
    public static async Task<(BdSyncException Error, byte[] Content)> ApplyAsync(Stream patch, SizePolicy policy, MemoryDevice? device = null)
    {
        var target = device ?? new MemoryDevice(Target, "target");
        var opened = false;
        BdSyncException? error = null;
        try
        {
            await new BdSyncPatcher(new() { SizePolicy = policy }).ApplyAsync(patch, _ => Open(), TestContext.Current.CancellationToken);
        }
        catch (BdSyncException exception)
        {
            error = exception;
        }

        Assert.Equal(opened, target.IsDisposed);
        return (error!, target.GetContent());

        WritableDevice Open()
        {
            opened = true;
            return target;
        }
    }

    private static void AssertFault(BdSyncException error, string words)
    {
        Assert.IsType<PatchException>(error);
        Assert.Equal(BdSyncExitStatus.PatchFormat, error.ExitStatus);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
