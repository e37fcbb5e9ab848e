using BdSync.Protocol.Hashing;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>All scenarios, by name.</summary>
internal static class ScenarioCatalog
{
    private static readonly int[] BlockSizes = [512, 1000, 4096, 5000, 32768, 40000, 65536, 100_000, 1_000_000];

    private static readonly Dictionary<string, Scenario> ByName = All().DistinctBy(scenario => scenario.ToString()).ToDictionary(scenario => scenario.ToString());

    /// <summary>The names: what the tests are given, so that each is a test of its own in every runner.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static Scenario Get(string name) => ByName[name];

    private static IEnumerable<Scenario> All() => [.. Shapes(), .. Sizes(), .. Options(), .. Digests(), .. DifferentSizes(), .. DifferentPolicies()];

    private static IEnumerable<Scenario> Shapes()
    {
        foreach (var devices in (string[])["equal", "different", "odd", "byte", "equal byte", "empty", "block", "block and a byte", "sparse", "coarse"])
        {
            yield return new() { Devices = devices, Checksum = "sha1" };
            yield return new() { Devices = devices, RemoteData = true, TwoPass = true };
        }

        yield return new() { Devices = "large" };
        yield return new() { Devices = "large", BlockSize = 512, Hash = "sha512", TwoPass = true, Checksum = "md5" };
        yield return new() { Devices = "large", BlockSize = 65536, RemoteData = true, Checksum = "sha256" };
    }

    private static IEnumerable<Scenario> Sizes() => BlockSizes.SelectMany(size => (Scenario[])
    [
        new() { BlockSize = size },
        new() { BlockSize = size, RemoteData = true, Checksum = "md5" },
        new() { BlockSize = size, TwoPass = true, Checksum = "md5", Devices = "coarse" },
    ]);

    private static IEnumerable<Scenario> Options() =>
    [
        new() { FlushCache = true },
        new() { FlushCache = true, TwoPass = true, RemoteData = true, Devices = "coarse" },
        new() { ClientZeroBlocks = true, Devices = "sparse" },
        new() { ServerZeroBlocks = true, Devices = "sparse" },
        new() { ClientZeroBlocks = true, ServerZeroBlocks = true, Devices = "sparse", TwoPass = true },
        new() { ClientZeroBlocks = true, ServerZeroBlocks = true, Devices = "sparse", RemoteData = true, Checksum = "sha1", BlockSize = 5000 },
        new() { ClientZeroBlocks = true, ServerZeroBlocks = true, Devices = "sparse", FlushCache = true, Hash = "sha256", BlockSize = 100_000 },
        new() { TwoPass = true, RemoteData = true, Checksum = "sha256", Hash = "sha1", BlockSize = 512, Devices = "coarse" },
        new() { TwoPass = true, Devices = "different", BlockSize = 1000 },
    ];

    private static IEnumerable<Scenario> Digests() => DigestAlgorithm.All.SelectMany(algorithm => (Scenario[])
    [
        new() { Devices = "different", Hash = algorithm.Name, Checksum = algorithm.Name, BlockSize = 5000 },
        new() { Devices = "odd", Hash = algorithm.Name, Checksum = algorithm.Name, RemoteData = true, TwoPass = true },
    ]);

    private static IEnumerable<Scenario> DifferentSizes()
    {
        string[] values = ["", "=", "=warn", "=resize", "=resize,warn", "=minsize", "=minsize,warn", "=strict", "=strict,warn"];
        foreach (var devices in (string[])["shorter", "longer"])
        {
            yield return new() { Devices = devices };
            foreach (var value in values)
            {
                yield return new() { Devices = devices, DiffSize = value };
                yield return new() { Devices = devices, DiffSize = value, RemoteData = true, Checksum = "md5" };
            }
        }

        foreach (var value in (string[])["=resize", "=minsize"])
        {
            yield return new() { DiffSize = $"{value},warn" };
            foreach (var devices in (string[])["slightly shorter", "slightly longer", "to nothing", "from nothing", "zeros at the end"])
            {
                yield return new() { Devices = devices, DiffSize = value, Checksum = "md5" };
                yield return new() { Devices = devices, DiffSize = value, RemoteData = true, BlockSize = 5000 };
            }

            yield return new() { Devices = "shorter", DiffSize = value, TwoPass = true, Checksum = "sha1" };
            yield return new() { Devices = "longer", DiffSize = value, TwoPass = true, Checksum = "sha1", RemoteData = true };
            yield return new() { Devices = "longer", DiffSize = value, BlockSize = 100_000, Checksum = "sha1" };
            yield return new() { Devices = "longer", DiffSize = value, BlockSize = 65536, RemoteData = true };
        }

        yield return new() { Devices = "shorter", DiffSize = "=minsize", BlockSize = 100_000 };
        yield return new() { Devices = "shorter", DiffSize = "=resize", BlockSize = 100_000 };
        yield return new() { Devices = "shorter", DiffSize = "=resize", BlockSize = 65536, RemoteData = true };
    }

    private static IEnumerable<Scenario> DifferentPolicies() =>
    [
        new() { Devices = "longer", DiffSize = "=resize", PatchDiffSize = "=minsize,warn" },
        new() { Devices = "longer", DiffSize = "=resize", PatchDiffSize = "=strict", Checksum = "md5" },
        new() { Devices = "shorter", DiffSize = "=resize", PatchDiffSize = "=minsize" },
        new() { Devices = "shorter", DiffSize = "=minsize", PatchDiffSize = "=resize,warn", Checksum = "md5" },
        new() { Devices = "longer", DiffSize = "=minsize", PatchDiffSize = "=strict" },
    ];
}
