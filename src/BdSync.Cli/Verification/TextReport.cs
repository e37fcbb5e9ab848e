using System.Globalization;
using System.Text;
using BdSync.Cli.Output;
using BdSync.Protocol;

namespace BdSync.Cli.Verification;

/// <summary>For people: some of the extents, and what it all means.</summary>
internal sealed class TextReport(TextStyle style) : VerificationReport
{
    /// <summary>How many extents are shown.</summary>
    private const int MaxShown = 20;

    private readonly List<Extent> shown = [];
    private long count;

    public override void Add(Extent extent)
    {
        count++;
        if (shown.Count < MaxShown)
        {
            shown.Add(extent);
        }
    }

    public override void Complete(Verdict verdict)
    {
        var text = new StringBuilder();
        var result = verdict.Result;
        var (local, remote) = (style.Show(verdict.LocalName), style.Show(verdict.RemoteName));
        var compared = verdict.IsSample ? $"a sample of {Count(result.ComparedBlocks)} out of {Count(result.TotalBlocks)} blocks" : $"all {Count(result.ComparedBlocks)} blocks";
        text.Append(CultureInfo.InvariantCulture, $"{local} and {remote} {(verdict.IsEqual ? verdict.IsSample ? "are the same where they were compared" : "are the same" : "differ")}: {compared} of {verdict.BlockSize} bytes compared");
        text.Append(CultureInfo.InvariantCulture, $", {Count(result.DifferingBlocks)} of them {(result.DifferingBlocks == 1 ? "differs" : "differ")}{(result.DifferingBytes > 0 ? $" ({Count(result.DifferingBytes)} bytes)" : "")}.\n");
        if (verdict.HasSizesThatDiffer)
        {
            text.Append(CultureInfo.InvariantCulture, $"The sizes differ: {Count(verdict.LocalLength)} and {Count(verdict.RemoteLength)} bytes{(verdict.AllowsSizes ? ", which the task allows" : "")}.\n");
        }

        shown.ForEach(extent => text.Append(CultureInfo.InvariantCulture, $"  {extent.Length} bytes at {extent.Offset}\n"));
        if (count > shown.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"  … and {Count(count - shown.Count)} more; --json lists all.\n");
        }

        if (verdict.IsSample)
        {
            AppendProof(text, verdict);
        }

        if (verdict.IsLive)
        {
            text.Append("The source was read as it is, without a snapshot: what was written to it since the task ran, or meanwhile, differs as well.\n");
        }

        if (verdict.RepairPath is { } path)
        {
            text.Append(CultureInfo.InvariantCulture, $"The patch that mends {(verdict.IsSample ? "what was found" : "it")}: {style.Show(path)} ({Count(result.PatchLength)} bytes)\n");
        }

        TextOutput.Write(text.ToString());
    }

    private static void AppendProof(StringBuilder text, Verdict verdict)
    {
        var proof = verdict.Proof;
        foreach (var (damaged, chance) in SampleTable.List(proof))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Count(damaged)} damaged {(damaged == 1 ? "block" : "blocks")} of {Count(proof.TotalBlocks)}: noticed with a chance of {FormatChance(chance)}\n");
        }

        if (verdict.Result.DifferingBlocks == 0 && proof.TotalBlocks > 0)
        {
            var limit = proof.GetDamageLimit(SampleTable.Confidence);
            text.Append(CultureInfo.InvariantCulture, $"With {SampleTable.Confidence * 100:0.##} % confidence fewer than {Count(limit)} blocks ({100.0 * limit / proof.TotalBlocks:0.####} %) are damaged.\n");
        }
    }

    // Rounded down: 100 % is certain.
    private static string FormatChance(double chance) => Math.Floor(chance * 10000) is var hundredths && hundredths > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"{chance * 100:0.0e0} %");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
