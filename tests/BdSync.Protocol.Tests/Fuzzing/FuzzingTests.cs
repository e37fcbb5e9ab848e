using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Fuzzing;

/// <summary>
/// Any bytes at all: everything ends, and ends with a documented exit status. (<see cref="SessionResult.GetStatus"/> throws
/// where an error has none, and sessions that take a minute are taken for endless.)
/// </summary>
public class FuzzingTests
{
    private static readonly byte[] Device = [.. Enumerable.Range(0, 1000).Select(value => (byte)(value * 7))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Gen<SizePolicy> Policies => Gen.Elements(Enum.GetValues<SizePolicy>());

    // The large ones make mutation slow and show no more.
    private static Gen<string> Recordings =>
        Gen.Elements(TestVector.Names.Where(name => TestVector.Load(name) is { ClientExit: 0, PatchArgs: not null }).ToArray());

    [Property(MaxTest = 600)]
    public Property Server_survives_any_client() => Prop.ForAll(Arb.From(FuzzingGenerators.ClientInput), async input =>
    {
        var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(Device), input, Cancellation);
        SessionResult.GetStatus(error);
        Assert.NotEmpty(RawMessage.Split(answer));
    });

    [Property(MaxTest = 150)]
    public Property Server_survives_a_mutated_recording() => Prop.ForAll(
        Arb.From(Mutation.Of(Recordings.Select(name => TestVector.Load(name).ReadClientToServer()))),
        async input =>
        {
            // A step of two gigabytes is legal, and work: what counts is that it can be stopped.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            stop.CancelAfter(TimeSpan.FromSeconds(2));
            var (_, error) = await TestSession.RunServerAsync(TestSession.Serve(Device), input, stop.Token);
            if (error is not OperationCanceledException)
            {
                SessionResult.GetStatus(error);
            }
        });

    [Property(MaxTest = 600)]
    public Property Client_survives_any_server() => Prop.ForAll(
        Arb.From(FuzzingGenerators.ServerInput), Arb.From(Policies), Arb.From(Gen.Elements(false, true)), async (input, policy, remoteData) =>
        {
            var options = new BdSyncClientOptions { SizePolicy = policy, RemoteData = remoteData, BlockSize = 100, Checksum = remoteData ? "md5" : null };
            using var local = new MemoryDevice(Device);
            var result = await TestSession.RunAgainstScriptAsync(options, local, [ScriptStep.Send(input)], Cancellation);
            await AssertEndAsync(result);
        });

    [Property(MaxTest = 200)]
    public Property Client_survives_answers_that_were_changed_on_their_way() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 40)), Arb.From(Gen.Choose(0, int.MaxValue)), Arb.From(Gen.Elements(false, true)), async (message, position, remoteData) =>
        {
            var options = new BdSyncClientOptions
            {
                SizePolicy = SizePolicy.Resize, RemoteData = remoteData, BlockSize = 20, TwoPass = message % 2 == 0, Checksum = "sha1", FlushCache = message % 3 == 0,
            };
            var remote = (byte[])Device.Clone();
            remote.AsSpan(300, 400).Clear();
            var streams = new StreamPair();
            using var local = new MemoryDevice(Device);
            var proxy = new ChangingProxy(message, position);
            var serving = proxy.ServeAsync(TestSession.Serve(remote), streams, Cancellation);
            var result = await TestSession.RunClientAsync(new(options), streams, local, serving, "remote", null, null, Cancellation);
            await AssertEndAsync(result);
        });

    [Property(MaxTest = 600)]
    public Property Patcher_survives_any_patch() => Prop.ForAll(
        Arb.From(FuzzingGenerators.Patch), Arb.From(Policies), Arb.From(Gen.Elements(false, true)), (patch, policy, pipe) => ApplyAsync(patch, Device, policy, pipe));

    [Property(MaxTest = 200)]
    public Property Patcher_survives_a_mutated_recording() => Prop.ForAll(
        Arb.From(Recordings.SelectMany(name => Mutation.Of(Gen.Constant(TestVector.Load(name).ReadPatch())).Select(patch => (name, patch)))),
        Arb.From(Policies),
        Arb.From(Gen.Elements(false, true)),
        (recording, policy, pipe) =>
            ApplyAsync(recording.patch, File.ReadAllBytes(TestVector.GetImagePath(TestVector.Load(recording.name).Patched!)), policy, pipe));

    private static async Task AssertEndAsync(SessionResult result)
    {
        if (result.ClientStatus == BdSyncExitStatus.Success)
        {
            await PatchCheck.ReadAllAsync(result.Patch);
        }
        else
        {
            await PatchCheck.IsIncompleteAsync(result.Patch);
        }
    }

    private static async Task ApplyAsync(byte[] patch, byte[] device, SizePolicy policy, bool pipe)
    {
        using var target = new MemoryDevice(device, "target");
        Stream stream = pipe ? new ForwardOnlyStream(patch) : new MemoryStream(patch);
        var (error, content) = await HostilePatch.ApplyAsync(stream, policy, target).WaitAsync(TestSession.Limit, Cancellation);
        SessionResult.GetStatus(error);
        if (error is not null && (error is PatchException && !pipe || !error.Message.Contains("have been written", StringComparison.Ordinal)))
        {
            Assert.Equal(device, content);
        }
    }
}
