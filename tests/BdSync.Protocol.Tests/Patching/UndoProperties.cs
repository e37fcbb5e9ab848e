using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Whatever a patch does to a target, the undo takes back.</summary>
public class UndoProperties
{
    private const int MaxLength = 400_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Gen<int> Lengths => Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, MaxLength));

    private static Gen<(byte[] Target, byte[] Patch, SizePolicy Policy)> Cases =>
        from targetLength in Lengths
        from policy in Gen.Elements(SizePolicy.Strict, SizePolicy.Resize, SizePolicy.MinSize)
        from otherLength in Lengths
        from sizes in Gen.ListOf(Gen.Zip(Gen.Choose(0, MaxLength), Gen.OneOf(Gen.Choose(1, 50), Gen.Choose(1, 65535), Gen.Constant(4096), Gen.Constant(65535))))
        from isOrdered in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select Create(targetLength, policy == SizePolicy.Strict ? targetLength : otherLength, sizes, isOrdered, seed, policy);

    [Property(MaxTest = 300)]
    public Property Undo_takes_the_target_back() => Prop.ForAll(Arb.From(Cases), async example =>
    {
        var undo = await InvertAsync(example.Target, example.Patch, example.Policy);
        using var target = new MemoryDevice(example.Target);
        await ApplyAsync(example.Patch, target, example.Policy);
        Assert.Equal(example.Target, await GoBackAsync(undo, target));
    });

    [Property(MaxTest = 200)]
    public Property Undo_takes_back_what_an_interrupted_patch_has_done() => Prop.ForAll(Arb.From(Cases), Arb.From(Gen.Choose(0, MaxLength)), async (example, failing) =>
    {
        var undo = await InvertAsync(example.Target, example.Patch, example.Policy);
        using var target = new MemoryDevice(example.Target) { FailingWriteOffset = failing };
        try
        {
            await ApplyAsync(example.Patch, target, example.Policy);
        }
        catch (DeviceException)
        {
            // It is somewhere in between now.
        }

        Assert.Equal(example.Target, await GoBackAsync(undo, target));
    });

    private static async Task<byte[]> InvertAsync(byte[] content, byte[] patch, SizePolicy policy)
    {
        using var device = new MemoryDevice(content);
        using var stream = new MemoryStream([1, 2, 3, .. patch]) { Position = 3 };
        using var undo = new MemoryStream();
        var length = await new BdSyncPatcher(new() { SizePolicy = policy }).WriteUndoAsync(stream, _ => device, undo, Cancellation);

        Assert.Equal((undo.Length, 3L), (length, stream.Position));
        Assert.True(device.IsDisposed);
        Assert.Equal(content, device.GetContent());
        Assert.Equal(content.Length, (await PatchCheck.ReadAllAsync(undo.ToArray())).Header.DeviceLength);
        return undo.ToArray();
    }

    private static async Task<byte[]> GoBackAsync(byte[] undo, MemoryDevice changed)
    {
        using var target = new MemoryDevice(changed.GetContent());
        await ApplyAsync(undo, target, SizePolicy.Resize);
        return target.GetContent();
    }

    private static Task<PatchResult> ApplyAsync(byte[] patch, WritableDevice target, SizePolicy policy) =>
        new BdSyncPatcher(new() { SizePolicy = policy }).ApplyAsync(new MemoryStream(patch), _ => target, Cancellation);

    private static (byte[] Target, byte[] Patch, SizePolicy Policy) Create(
        int targetLength, int patchLength, IEnumerable<(int Offset, int Length)> sizes, bool isOrdered, int seed, SizePolicy policy)
    {
        var random = new Random(seed);
        var patch = new RawPatch(patchLength);
        var next = 0;
        foreach (var (choice, wanted) in sizes)
        {
            var offset = isOrdered ? next : patchLength == 0 ? 0 : choice % patchLength;
            var data = new byte[Math.Clamp(patchLength - offset, 0, wanted)];
            next = offset + data.Length;
            random.NextBytes(data);
            if (data.Length > 0)
            {
                patch.Record(offset, data);
            }
        }

        var target = new byte[targetLength];
        random.NextBytes(target);
        return (target, patch.End(), policy);
    }
}
