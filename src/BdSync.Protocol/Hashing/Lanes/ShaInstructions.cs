using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>Whether the processor has instructions for sha1 and sha256, which the system's library uses for one block after the other.</summary>
internal static class ShaInstructions
{
    /// <summary>SHA on x86 (cpuid leaf 7, EBX bit 29), SHA1 and SHA2 on ARM.</summary>
    public static bool AreSupported { get; } =
        X86Base.IsSupported
            ? X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Ebx & (1 << 29)) != 0
            : Sha1.IsSupported && Sha256.IsSupported;
}
