using System.Globalization;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>One comparison and the application of its patch: which devices, with which arguments.</summary>
public sealed record Scenario
{
    /// <summary>The name of a <see cref="DevicePair"/>.</summary>
    public string Devices { get; init; } = "odd";

    /// <summary>Null for the default.</summary>
    public int? BlockSize { get; init; }

    public string? Hash { get; init; }

    public string? Checksum { get; init; }

    public bool TwoPass { get; init; }

    public bool RemoteData { get; init; }

    public bool FlushCache { get; init; }

    /// <summary><c>--zeroblocks</c> for the client.</summary>
    public bool ClientZeroBlocks { get; init; }

    /// <summary><c>--zeroblocks</c> for the server.</summary>
    public bool ServerZeroBlocks { get; init; }

    /// <summary>What follows <c>--diffsize</c> for the client, with its equals sign; null for none.</summary>
    public string? DiffSize { get; init; }

    /// <summary>The same for the patch; null for the client's.</summary>
    public string? PatchDiffSize { get; init; }

    public bool Warns => Names(DiffSize, "warn");

    public bool PatchWarns => Names(PatchDiffSize ?? DiffSize, "warn");

    public string Policy => GetPolicy(DiffSize);

    public string PatchPolicy => GetPolicy(PatchDiffSize ?? DiffSize);

    public IEnumerable<string> ClientArguments =>
        ((string?[])
        [
            BlockSize is null ? null : string.Create(CultureInfo.InvariantCulture, $"--blocksize={BlockSize}"),
            Hash is null ? null : $"--hash={Hash}",
            Checksum is null ? null : $"--checksum={Checksum}",
            TwoPass ? "--twopass" : null,
            RemoteData ? "--remdata" : null,
            FlushCache ? "--flushcache" : null,
            ClientZeroBlocks ? "--zeroblocks" : null,
            DiffSize is null ? null : $"--diffsize{DiffSize}",
        ]).OfType<string>();

    public string[] ServerArguments => ServerZeroBlocks ? ["--zeroblocks"] : [];

    public string[] PatchArguments => (PatchDiffSize ?? DiffSize) is { } value ? [$"--diffsize{value}"] : [];

    /// <summary>Says all of it, and is the name of a test.</summary>
    public override string ToString() =>
        string.Join(' ', [$"[{Devices}]", .. ClientArguments, .. ServerZeroBlocks ? ["server:--zeroblocks"] : Array.Empty<string>(), .. PatchDiffSize is null ? [] : new[] { $"patch:--diffsize{PatchDiffSize}" }]);

    private static bool Names(string? value, string word) => value?.TrimStart('=').Split(',').Contains(word) ?? false;

    private static string GetPolicy(string? value) => value switch
    {
        null => "strict",
        _ when Names(value, "strict") => "strict",
        _ when Names(value, "minsize") => "minsize",
        _ => "resize",
    };
}
