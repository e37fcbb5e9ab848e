using BdSync.Protocol.Patching;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>What holds for any patch.</summary>
public class PatchProperties
{
    private const int MaxLength = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Gen<byte[]> Patches =>
        from length in Gen.OneOf(Gen.Choose(0, MaxLength).Select(value => (long)value), Gen.Constant(long.MaxValue))
        from name in Gen.Elements("", "t", "/dev/vg0/root", "näme", new string('n', 16384))
        from records in Gen.ListOf(Gen.Zip(Gen.Choose(0, MaxLength - 1), Gen.OneOf(Gen.Choose(1, 100), Gen.Choose(1, 65535), Gen.Constant(32768))))
        from seed in Gen.Choose(0, int.MaxValue)
        from checksum in Gen.Elements(0, 1, 16, 255)
        select Create(length, name, records, seed, checksum);

    [Property(MaxTest = 200)]
    public Property Patch_survives_read_write_read() => Prop.ForAll(Arb.From(Patches), async bytes =>
    {
        var (header, records, checksum) = await PatchCheck.ReadAllAsync(bytes);
        using var copy = new MemoryStream();
        var writer = new PatchWriter(copy);
        await writer.WriteHeaderAsync(header, Cancellation);
        foreach (var record in records)
        {
            await writer.WriteRecordAsync(record, Cancellation);
        }

        await writer.CompleteAsync(checksum, Cancellation);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(bytes.Length, writer.BytesWritten);
    });

    [Property(MaxTest = 100)]
    public Property Patch_is_read_the_same_in_any_portions() => Prop.ForAll(Arb.From(Patches), Arb.From(Gen.Choose(1, 5000)), async (bytes, portion) =>
    {
        var (_, records, _) = await PatchCheck.ReadAllAsync(bytes);
        var reader = new PatchReader(new ForwardOnlyStream(bytes, portion));
        await reader.ReadHeaderAsync(Cancellation);
        foreach (var expected in records)
        {
            var record = await reader.ReadRecordAsync(Cancellation);
            Assert.Equal(expected.Offset, record!.Value.Offset);
            Assert.True(expected.Data.Span.SequenceEqual(record.Value.Data.Span));
        }

        Assert.Null(await reader.ReadRecordAsync(Cancellation));
        Assert.Equal(bytes.Length, reader.Position);
    });

    private static byte[] Create(long length, string name, IEnumerable<(int Offset, int Length)> records, int seed, int checksumLength)
    {
        var random = new Random(seed);
        var patch = new RawPatch(length, name);
        foreach (var (offset, size) in records)
        {
            var data = new byte[Math.Clamp(length - offset, 0, size)];
            if (data.Length > 0)
            {
                random.NextBytes(data);
                patch.Record(offset, data);
            }
        }

        var digest = new byte[checksumLength];
        random.NextBytes(digest);
        return checksumLength == 0 ? patch.End() : patch.End(new string('c', Math.Min(checksumLength, 127)), digest);
    }
}
