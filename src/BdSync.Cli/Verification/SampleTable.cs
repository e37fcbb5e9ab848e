using BdSync.Protocol.Planning;

namespace BdSync.Cli.Verification;

/// <summary>How likely a sample was to meet damage, for some amounts of it.</summary>
internal static class SampleTable
{
    /// <summary>The confidence that <see cref="SampleProof.GetDamageLimit"/> is asked for.</summary>
    public const double Confidence = 0.95;

    /// <summary>One block, a thousandth and a hundredth of them.</summary>
    private static readonly double[] Shares = [0, 0.001, 0.01];

    /// <summary>The rows, in ascending order; amounts that are the same come once.</summary>
    public static IEnumerable<(long DamagedBlocks, double Chance)> List(SampleProof proof) => proof.TotalBlocks == 0
        ? []
        : Shares.Select(share => Math.Clamp((long)Math.Ceiling(proof.TotalBlocks * share), 1, proof.TotalBlocks)).Distinct().Select(damaged => (damaged, proof.GetDetectionChance(damaged)));
}
