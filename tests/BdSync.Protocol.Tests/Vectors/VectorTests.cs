using System.Security.Cryptography;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Vectors;

/// <summary>The recordings of the stock tool: its bytes are the specification.</summary>
public class VectorTests
{
    private const int Count = 105;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => [.. TestVector.Names];

    // The reference knows .NET's digests only.
    public static TheoryData<string> KnownToReference =>
        [.. TestVector.Names.Where(name => TestVector.Load(name) is { Patched: not null, ClientOptions.Checksum: null or "md5" or "MD5" or "sha1" or "sha256" or "sha384" or "sha512" })];

    public static TheoryData<string> Patched => [.. TestVector.Names.Where(name => TestVector.Load(name).Patched is not null)];

    [Fact]
    public void No_recording_is_missed()
    {
        Assert.Equal(Count, TestVector.Names.Count);
        Assert.Equal(Count + 1, Directory.GetDirectories(TestEnvironment.VectorsFolder).Length);
        Assert.Equal(99, Patched.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Server_answers_what_the_stock_server_answered(string name)
    {
        var vector = TestVector.Load(name);
        var (answer, error) = await TestSession.RunServerAsync(vector.ServerOptions, vector.ReadClientToServer(), Cancellation);
        Assert.Equal(vector.ReadServerToClient(), answer);

        // Where the stock client gave up, it left without a Done message.
        var expected = vector.ClientExit switch { 0 => BdSyncExitStatus.Success, 6 => BdSyncExitStatus.Device, _ => BdSyncExitStatus.Read };
        Assert.Equal(expected, SessionResult.GetStatus(error));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Client_ends_as_the_stock_client_did_and_writes_its_patch(string name)
    {
        var vector = TestVector.Load(name);
        using var source = vector.OpenSource();
        var logger = new RecordingLogger<BdSyncClient>();
        var streams = new StreamPair();
        var serving = ServeAsync(vector, streams);
        var result = await TestSession.RunClientAsync(new(vector.ClientOptions, logger), streams, source, serving, vector.Target, null, null, Cancellation);

        Assert.Equal(vector.ClientExit, (int)result.ClientStatus);
        if (vector.ClientExit == 0)
        {
            Assert.Equal(vector.ReadPatch(), result.Patch);
            Assert.Equal(result.Patch.Length, result.Result!.PatchLength);
            Assert.Equal(vector.ClientStderr.Split('\n', StringSplitOptions.RemoveEmptyEntries), logger.Warnings);
        }
        else
        {
            Assert.Empty(result.Patch);
        }

        if (vector.ClientExit == (int)BdSyncExitStatus.SizeMismatch)
        {
            Assert.Equal(vector.ClientStderr.TrimEnd('\n'), result.ClientError!.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Patched))]
    public async Task Applying_the_recorded_patch_ends_as_recorded(string name)
    {
        var vector = TestVector.Load(name);
        using var folder = new TemporaryFolder();
        var path = folder.CreateFile(vector.Patched!, File.ReadAllBytes(TestVector.GetImagePath(vector.Patched!)));
        await using var patch = new FileStream(folder.CreateFile("patch", vector.ReadPatch()), FileMode.Open);
        var messages = await ApplyAsync(vector, patch, _ => WritableLocalDevice.Open(path));

        Assert.Equal(vector.PatchStderr, messages);
        var patched = await File.ReadAllBytesAsync(path, Cancellation);
        Assert.Equal(vector.PatchedSize, patched.Length);
        Assert.Equal(vector.PatchedSha256, Convert.ToHexStringLower(SHA256.HashData(patched)));
    }

    [Theory]
    [MemberData(nameof(Patched))]
    public async Task Applying_the_recorded_patch_from_a_pipe_ends_as_recorded(string name)
    {
        var vector = TestVector.Load(name);
        using var target = new MemoryDevice(File.ReadAllBytes(TestVector.GetImagePath(vector.Patched!)), vector.Patched!);
        await using var patch = new ForwardOnlyStream(vector.ReadPatch(), maxRead: 1000);
        var messages = await ApplyAsync(vector, patch, _ => target);

        Assert.Equal(vector.PatchStderr, messages);
        Assert.Equal(vector.PatchedSize, target.Length);
        Assert.Equal(vector.PatchedSha256, Convert.ToHexStringLower(SHA256.HashData(target.GetContent())));
        Assert.Equal(1, target.FlushCount);
    }

    [Theory]
    [MemberData(nameof(Patched))]
    public async Task Recorded_patch_is_named_after_the_device_that_it_is_for(string name)
    {
        var vector = TestVector.Load(name);
        var header = await new PatchReader(new MemoryStream(vector.ReadPatch())).ReadHeaderAsync(Cancellation);
        Assert.Equal(vector.Patched, header.DeviceName);
    }

    [Theory]
    [MemberData(nameof(KnownToReference))]
    public void Reference_that_the_other_tests_rely_on_gives_the_recorded_patch(string name)
    {
        var vector = TestVector.Load(name);
        var local = File.ReadAllBytes(TestVector.GetImagePath(vector.Source));
        var remote = File.ReadAllBytes(TestVector.GetImagePath(vector.Target));
        var (source, target) = vector.ClientOptions.RemoteData ? (remote, local) : (local, remote);
        Assert.Equal(vector.ReadPatch(), ReferencePatch.Compute(vector.ClientOptions, source, target, vector.Patched!));
    }

    // What the stock tool would print: warnings, then the checksum.
    private static async Task<string> ApplyAsync(TestVector vector, Stream patch, Func<PatchHeader, WritableDevice> open)
    {
        var logger = new RecordingLogger<BdSyncPatcher>();
        var status = BdSyncExitStatus.Success;
        PatchChecksum? checksum = null;
        try
        {
            checksum = (await new BdSyncPatcher(vector.PatcherOptions, logger).ApplyAsync(patch, open, Cancellation)).Checksum;
        }
        catch (BdSyncException exception)
        {
            status = exception.ExitStatus;
        }

        Assert.Equal(vector.PatchExit, (int)status);
        var lines = checksum is null ? logger.Warnings : [.. logger.Warnings, $"checksum[{checksum.Name}]: {checksum.DigestText}"];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static async Task<Exception?> ServeAsync(TestVector vector, StreamPair streams)
    {
        try
        {
            await new BdSyncServer(vector.ServerOptions).RunAsync(streams.ServerInput, streams.ServerOutput, Cancellation);
            return null;
        }
        catch (BdSyncException exception)
        {
            return exception;
        }
        finally
        {
            streams.CompleteServer();
        }
    }
}
