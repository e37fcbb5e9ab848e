using System.Buffers;
using System.Text.Json;
using BdSync.Cli.Output;
using BdSync.Protocol;

namespace BdSync.Cli.Verification;

/// <summary>For programs: an object on a line for each extent while the comparison goes on, and one for the result at the end. See docs/verify.md.</summary>
internal sealed class JsonReport : VerificationReport
{
    /// <summary>So much is written at once, in bytes.</summary>
    private const int FlushThreshold = 32 * 1024;

    private readonly ArrayBufferWriter<byte> buffer = new();

    public override void Add(Extent extent)
    {
        WriteLine(json =>
        {
            json.WriteString("type", "extent");
            json.WriteNumber("offset", extent.Offset);
            json.WriteNumber("length", extent.Length);
        });
        if (buffer.WrittenCount >= FlushThreshold)
        {
            Flush();
        }
    }

    public override void Complete(Verdict verdict)
    {
        WriteLine(json => Describe(json, verdict));
        Flush();
    }

    private static void Describe(Utf8JsonWriter json, Verdict verdict)
    {
        var result = verdict.Result;
        json.WriteString("type", "result");
        json.WriteBoolean("equal", verdict.IsEqual);
        json.WriteString("local_name", verdict.LocalName);
        json.WriteNumber("local_length", verdict.LocalLength);
        json.WriteString("remote_name", verdict.RemoteName);
        json.WriteNumber("remote_length", verdict.RemoteLength);
        json.WriteNumber("block_size", verdict.BlockSize);
        json.WriteNumber("total_blocks", result.TotalBlocks);
        json.WriteNumber("compared_blocks", result.ComparedBlocks);
        json.WriteNumber("differing_blocks", result.DifferingBlocks);
        json.WriteNumber("differing_bytes", result.DifferingBytes);
        json.WriteBoolean("live_source", verdict.IsLive);
        json.WriteString("repair_patch", verdict.RepairPath);
        if (verdict.IsSample)
        {
            json.WriteStartArray("chances");
            foreach (var (damaged, chance) in SampleTable.List(verdict.Proof))
            {
                json.WriteStartObject();
                json.WriteNumber("damaged_blocks", damaged);
                json.WriteNumber("chance", chance);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (result.DifferingBlocks == 0)
            {
                json.WriteNumber("fewer_damaged_blocks_than", verdict.Proof.GetDamageLimit(SampleTable.Confidence));
                json.WriteNumber("confidence", SampleTable.Confidence);
            }
        }
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    private void Flush()
    {
        TextOutput.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
