using System.Globalization;
using System.Text;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Transports.Ssh;

namespace BdSync.Cli.CommandLine;

/// <summary>The command line of the C tool, with what this program adds. See docs/command-line.md.</summary>
internal static class StockCommandLine
{
    private const int DirectThreadsPerProcessor = 8;
    private const int MaxDirectThreads = 64;

    private static readonly OptionDefinition Server = new("server", 's', OptionArgument.None);
    private static readonly OptionDefinition Patch = new("patch", 'p', OptionArgument.Optional);
    private static readonly OptionDefinition Verbose = new("verbose", 'v', OptionArgument.None);
    private static readonly OptionDefinition BlockSize = new("blocksize", 'b', OptionArgument.Required);
    private static readonly OptionDefinition Hash = new("hash", 'h', OptionArgument.Required);
    private static readonly OptionDefinition Checksum = new("checksum", 'c', OptionArgument.Required);
    private static readonly OptionDefinition TwoPass = new("twopass", 't', OptionArgument.None);
    private static readonly OptionDefinition RemData = new("remdata", 'r', OptionArgument.None);
    private static readonly OptionDefinition FixedSalt = new("fixedsalt", 'f', OptionArgument.None);
    private static readonly OptionDefinition DiffSize = new("diffsize", 'd', OptionArgument.Optional);
    private static readonly OptionDefinition ZeroBlocks = new("zeroblocks", 'z', OptionArgument.None);
    private static readonly OptionDefinition WarnDev = new("warndev", 'w', OptionArgument.None);
    private static readonly OptionDefinition FlushCache = new("flushcache", 'F', OptionArgument.None);
    private static readonly OptionDefinition Progress = new("progress", null, OptionArgument.Optional);
    private static readonly OptionDefinition Help = new("help", 'H', OptionArgument.None);
    private static readonly OptionDefinition Threads = new("threads", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition Channels = new("channels", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition Retries = new("retries", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition RemoteBdSync = new("remote-bdsync", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition SshConfig = new("ssh-config", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition Local = new("local", null, OptionArgument.None, Extension: true);
    private static readonly OptionDefinition Apply = new("apply", null, OptionArgument.None, Extension: true);
    private static readonly OptionDefinition Undo = new("undo", null, OptionArgument.Required, Extension: true);
    private static readonly OptionDefinition Direct = new("direct", null, OptionArgument.None, Extension: true);
    private static readonly OptionDefinition Force = new("force", null, OptionArgument.None, Extension: true);
    private static readonly OptionDefinition Version = new("version", null, OptionArgument.None, Extension: true);

    /// <summary>Every option there is.</summary>
    public static IReadOnlyList<OptionDefinition> Definitions { get; } =
    [
        Server, Patch, Verbose, BlockSize, Hash, Checksum, TwoPass, RemData, FixedSalt, DiffSize, ZeroBlocks, WarnDev, FlushCache, Progress, Help,
        Threads, Channels, Retries, RemoteBdSync, SshConfig, Local, Apply, Undo, Direct, Force, Version,
    ];

    /// <summary>Parses and checks the words.</summary>
    /// <exception cref="UsageException">An option is unknown, ambiguous, or its argument is missing or too many.</exception>
    /// <exception cref="BdSyncException">A value or a combination is refused.</exception>
    public static StockOptions Parse(IReadOnlyList<string> words)
    {
        var (options, operands) = new GetOpt(Definitions).Parse(words);
        if (words.Count == 0 || Has(options, Help))
        {
            return new() { Mode = StockMode.Help };
        }

        if (Has(options, Version))
        {
            return new() { Mode = StockMode.Version };
        }

        var mode = Has(options, Server) ? StockMode.Server
            : Has(options, Patch) ? StockMode.Patch
            : Has(options, Local) ? StockMode.Local
            : StockMode.Client;
        CheckCombinations(options, mode);
        CheckOperands(operands, mode);
        foreach (var option in new[] { RemoteBdSync, SshConfig })
        {
            Refuse(Has(options, option) && !SshTransportOptions.IsAddress(operands[0]), $"--{option.Name} goes with ssh://HOST only: a command says all that there is to say.");
        }

        return Read(options, operands, mode);
    }

    private static void CheckCombinations(List<ParsedOption> options, StockMode mode)
    {
        Refuse(Has(options, Server) && Has(options, Patch), "--server and --patch exclude each other.");
        Refuse(Has(options, WarnDev) && mode != StockMode.Patch, "--warndev goes with --patch only.");
        Refuse(Has(options, Local) && mode != StockMode.Local, "--local excludes --server and --patch.");
        Refuse(Has(options, Apply) && mode != StockMode.Local, "--apply goes with --local only.");
        Refuse(Has(options, Apply) && Has(options, RemData), "--apply and --remdata exclude each other: swap the devices.");
        Refuse(Has(options, Apply) && Has(options, Checksum), "--apply and --checksum exclude each other: a checksum goes into a patch.");
        Refuse(Has(options, Hash) && mode == StockMode.Local, "--hash and --local exclude each other: the devices are compared directly.");
        Refuse(Has(options, Undo) && mode != StockMode.Patch, "--undo goes with --patch only.");
        Refuse(Has(options, Undo) && Last(options, Undo) is "", "--undo needs the name of a file that isn't there yet.");
        Refuse(Has(options, Force) && mode != StockMode.Patch && !Has(options, Apply), "--force goes with --patch and --apply only.");
        foreach (var option in new[] { Channels, Retries, RemoteBdSync, SshConfig })
        {
            Refuse(Has(options, option) && mode != StockMode.Client, $"--{option.Name} is for comparing with servers only.");
        }

        foreach (var option in new[] { ZeroBlocks, Threads })
        {
            Refuse(Has(options, option) && mode == StockMode.Patch, $"--{option.Name} and --patch exclude each other.");
        }

        foreach (var option in new[] { Hash, Checksum })
        {
            Refuse(Has(options, option) && mode == StockMode.Server, $"--{option.Name} and --server exclude each other: the client decides.");
            Refuse(Has(options, option) && mode == StockMode.Patch, $"--{option.Name} and --patch exclude each other.");
        }
    }

    private static void CheckOperands(List<string> operands, StockMode mode)
    {
        var (expected, names) = mode switch
        {
            StockMode.Client => (3, ": REMSHCMD LOCDEV REMDEV"),
            StockMode.Local => (2, ": LOCDEV REMDEV"),
            _ => (0, ""),
        };
        Refuse(operands.Count != expected, $"There are {operands.Count} arguments; {expected} are needed{names}.");
    }

    /// <summary>What options mean that go together; operands are taken as they are.</summary>
    /// <exception cref="BdSyncException">A value is refused.</exception>
    public static StockOptions Read(List<ParsedOption> options, List<string> operands, StockMode mode)
    {
        var diffSize = Has(options, DiffSize) ? DiffSizeOption.Parse(Last(options, DiffSize)) : default;
        var threads = Last(options, Threads) is { } text ? ParseNumber(Threads, text) : GetDefaultThreads(Has(options, Direct));
        var client = new BdSyncClientOptions
        {
            TwoPass = Has(options, TwoPass),
            RemoteData = Has(options, RemData),
            ZeroBlocks = Has(options, ZeroBlocks),
            FlushCache = Has(options, FlushCache),
            FixedSalt = Has(options, FixedSalt),
            SizePolicy = diffSize.Policy,
            WarnOfSizes = diffSize.Warn,
            Threads = threads,
            Checksum = Last(options, Checksum) is { } checksum ? CheckChecksumName(checksum) : null,
        };
        return new()
        {
            Mode = mode,
            Verbosity = options.Count(option => option.Definition == Verbose),
            Progress = Has(options, Progress) ? ParseProgress(Last(options, Progress)) : ProgressStyle.None,
            Client = client with
            {
                BlockSize = Last(options, BlockSize) is { } blockSize ? ParseNumber(BlockSize, blockSize) : client.BlockSize,
                Digest = Last(options, Hash),
                Channels = Last(options, Channels) is { } channels ? ParseNumber(Channels, channels, 1, BdSyncClientOptions.MaxChannels) : 1,
                Retries = Last(options, Retries) is { } retries ? ParseNumber(Retries, retries, 0, BdSyncClientOptions.MaxRetries) : 0,
            },
            Server = new() { ZeroBlocks = client.ZeroBlocks, Threads = threads, OpenDevice = path => LocalDevice.Open(path, Has(options, Direct)) },
            Patcher = new() { SizePolicy = diffSize.Policy, WarnOfSizes = diffSize.Warn },
            PatchDevice = Last(options, Patch),
            UndoPath = Last(options, Undo),
            RemoteBdSync = Last(options, RemoteBdSync),
            SshConfiguration = Last(options, SshConfig),
            Apply = Has(options, Apply),
            WarnOfDevice = Has(options, WarnDev),
            Force = Has(options, Force),
            Direct = Has(options, Direct),
            Operands = operands,
        };
    }

    // Without the page cache's read-ahead it takes several reads at the same time to keep a disk busy, and who waits for one needs no processor.
    private static int GetDefaultThreads(bool direct) =>
        direct ? Math.Max(Environment.ProcessorCount, Math.Min(DirectThreadsPerProcessor * Environment.ProcessorCount, MaxDirectThreads)) : Environment.ProcessorCount;

    private static string CheckChecksumName(string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Refuse(length > DigestAlgorithm.MaxNameLength, $"The name of the checksum has {length} bytes; at most {DigestAlgorithm.MaxNameLength} are allowed.");
        return name;
    }

    private static ProgressStyle ParseProgress(string? argument) => argument switch
    {
        null => ProgressStyle.Scroll,
        "noscroll" => ProgressStyle.NoScroll,
        "bar" => ProgressStyle.Bar,
        _ => throw new BdSyncException(BdSyncExitStatus.Parameters, $"--progress={argument} is not known; --progress, --progress=noscroll and --progress=bar are allowed."),
    };

    private static int ParseNumber(OptionDefinition option, string text, int minimum = 1, int maximum = int.MaxValue) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new BdSyncException(BdSyncExitStatus.Parameters, $"--{option.Name}={text} is not a number from {minimum} to {maximum}.");

    private static bool Has(List<ParsedOption> options, OptionDefinition definition) => options.Exists(option => option.Definition == definition);

    private static string? Last(List<ParsedOption> options, OptionDefinition definition) =>
        options.FindLast(option => option.Definition == definition).Value;

    private static void Refuse(bool condition, string message)
    {
        if (condition)
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, message);
        }
    }
}
