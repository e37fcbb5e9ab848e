using BdSync.Cli.Patches;
using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Memory;

/// <summary>A patch of more than 10 GiB, which no program could hold: the same records again and again, made and compressed once.</summary>
public class InspectMemoryTests
{
    private const int RecordLength = ushort.MaxValue;
    private const int RecordsInPiece = 256;
    private const int Pieces = 640;

    [Theory(DisableParallelization = true)]
    [InlineData(nameof(PatchCompression.None))]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task A_patch_of_10_GiB_is_inspected_in_little_memory(string compression)
    {
        using var folder = new WorkFolder();
        await using var memory = new PeakMemory();
        await using var program = folder.Start(Tool.Ours, "inspect", "-");
        program.CollectOutput();
        memory.Watch("inspect", program.Id);
        await program.SendAsync(await CompressAsync(new RawPatch(long.MaxValue).ToArray(), compression));
        var piece = await CompressAsync(CreatePiece(), compression);
        for (var count = 0; count < Pieces; count++)
        {
            await program.SendAsync(piece);
        }

        await program.WriteInputAsync(await CompressAsync(new byte[11], compression));
        var result = (await program.WaitAsync()).ShouldExitWith(0);
        Assert.Contains($"({(long)RecordLength * RecordsInPiece * Pieces} bytes) in {RecordsInPiece * Pieces} records", System.Text.Encoding.UTF8.GetString(result.Output), StringComparison.Ordinal);
        await memory.ShouldStayBelowLimitAsync();
    }

    private static byte[] CreatePiece()
    {
        using var piece = new MemoryStream();
        using var writer = new BinaryWriter(piece);
        var data = new byte[RecordLength];
        for (var index = 1; index <= RecordsInPiece; index++)
        {
            writer.Write((long)index << 54);
            writer.Write((ushort)RecordLength);
            writer.Write(data);
        }

        return piece.ToArray();
    }

    private static async Task<byte[]> CompressAsync(byte[] data, string compression)
    {
        using var output = new MemoryStream();
        await using (var writer = CompressedPatch.CreateWriter(output, Enum.Parse<PatchCompression>(compression)))
        {
            await writer.WriteAsync(data);
        }

        return output.ToArray();
    }
}
