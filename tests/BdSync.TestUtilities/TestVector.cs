using System.Text.Json;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.TestUtilities;

/// <summary>One recording of the stock tool: <c>case.json</c> and the bytes beside it. See vectors/README.md.</summary>
public sealed record TestVector
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private string name = "";

    /// <summary>The local device: a file of images/, or a path that starts with /.</summary>
    public required string Source { get; init; }

    /// <summary>The remote device, in the same way.</summary>
    public required string Target { get; init; }

    /// <summary>The words of the client's command line.</summary>
    public required IReadOnlyList<string> ClientArgs { get; init; }

    /// <summary>The words of the server's command line.</summary>
    public required IReadOnlyList<string> ServerArgs { get; init; }

    /// <summary>What the client exited with.</summary>
    public required int ClientExit { get; init; }

    /// <summary>What the client said.</summary>
    public required string ClientStderr { get; init; }

    /// <summary>The words of the command line that applied the patch; null where none was.</summary>
    public IReadOnlyList<string>? PatchArgs { get; init; }

    /// <summary>What the patch was applied to.</summary>
    public string? Patched { get; init; }

    /// <summary>What applying exited with.</summary>
    public int PatchExit { get; init; }

    /// <summary>What applying said.</summary>
    public string PatchStderr { get; init; } = "";

    /// <summary>The SHA-256 of what was patched, afterwards, in lower-case hexadecimal.</summary>
    public string? PatchedSha256 { get; init; }

    /// <summary>The size of what was patched, afterwards.</summary>
    public long PatchedSize { get; init; }

    /// <summary>The names of all recordings, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(TestEnvironment.VectorsFolder, "case.json", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .Order(StringComparer.Ordinal)];

    /// <summary>How the client was started.</summary>
    public BdSyncClientOptions ClientOptions
    {
        get
        {
            var (policy, warn) = ParseSizePolicy(ClientArgs);
            return new()
            {
                BlockSize = int.Parse(Find(ClientArgs, "--blocksize") ?? "4096", System.Globalization.CultureInfo.InvariantCulture),
                Digest = Find(ClientArgs, "--hash") ?? "md5",
                Checksum = Find(ClientArgs, "--checksum"),
                TwoPass = ClientArgs.Contains("--twopass"),
                RemoteData = ClientArgs.Contains("--remdata"),
                ZeroBlocks = ClientArgs.Contains("--zeroblocks"),
                FlushCache = ClientArgs.Contains("--flushcache"),
                FixedSalt = ClientArgs.Contains("--fixedsalt"),
                SizePolicy = policy,
                WarnOfSizes = warn,
            };
        }
    }

    /// <summary>How the server was started; it opens the devices of the recordings.</summary>
    public BdSyncServerOptions ServerOptions => new() { ZeroBlocks = ServerArgs.Contains("--zeroblocks"), OpenDevice = path => LocalDevice.Open(GetImagePath(path)) };

    /// <summary>How the patch was applied.</summary>
    public BdSyncPatcherOptions PatcherOptions
    {
        get
        {
            var (policy, warn) = ParseSizePolicy(PatchArgs ?? []);
            return new() { SizePolicy = policy, WarnOfSizes = warn };
        }
    }

    /// <summary>Loads a recording.</summary>
    public static TestVector Load(string name)
    {
        var json = File.ReadAllText(Path.Combine(TestEnvironment.VectorsFolder, name, "case.json"));
        return JsonSerializer.Deserialize<TestVector>(json, Json)! with { name = name };
    }

    /// <summary>The path of a device of the recordings.</summary>
    public static string GetImagePath(string image) => Path.Combine(TestEnvironment.VectorsFolder, "images", image);

    /// <summary>All that the client sent.</summary>
    public byte[] ReadClientToServer() => Read("c2s.bin");

    /// <summary>All that the server sent.</summary>
    public byte[] ReadServerToClient() => Read("s2c.bin");

    /// <summary>The patch.</summary>
    public byte[] ReadPatch() => Read("patch.bin");

    /// <summary>The local device, under the name that the stock tool was given.</summary>
    public Device OpenSource() =>
        Path.IsPathRooted(Source) ? LocalDevice.Open(Source) : new MemoryDevice(File.ReadAllBytes(GetImagePath(Source)), Source);

    private byte[] Read(string file) => File.ReadAllBytes(Path.Combine(TestEnvironment.VectorsFolder, name, file));

    // Absent: strict. Bare, empty or `warn` alone: resize.
    private static (SizePolicy Policy, bool Warn) ParseSizePolicy(IReadOnlyList<string> arguments)
    {
        if (arguments.Contains("--diffsize"))
        {
            return (SizePolicy.Resize, false);
        }

        if (Find(arguments, "--diffsize") is not { } value)
        {
            return (SizePolicy.Strict, false);
        }

        var words = value.Split(',');
        var policy = words[0] switch
        {
            "strict" => SizePolicy.Strict,
            "minsize" => SizePolicy.MinSize,
            "resize" or "warn" or "" => SizePolicy.Resize,
            var other => throw new FormatException($"A recording has --diffsize={other}, which this helper does not know."),
        };
        return (policy, words.Contains("warn"));
    }

    private static string? Find(IReadOnlyList<string> arguments, string option) =>
        arguments.FirstOrDefault(argument => argument.StartsWith(option + "=", StringComparison.Ordinal))?[(option.Length + 1)..];
}
