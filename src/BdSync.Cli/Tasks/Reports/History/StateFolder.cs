using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BdSync.Cli.Files;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports.History;

/// <summary>
/// The records of past runs, a file for each, whose name starts with the moment of its end. Only such files are looked at or removed. Several runs may write to the folder at once.
/// </summary>
/// <param name="path">Where it is; it need not be there yet.</param>
internal sealed partial class StateFolder(string path)
{
    /// <summary>How many runs are kept.</summary>
    public const int MaxRuns = 2000;

    /// <summary>How much room they take at most, in bytes. The last run is kept in any case.</summary>
    public const long MaxLength = 256 * 1024 * 1024;

    /// <summary>What a record has at most, in bytes; a longer file isn't one.</summary>
    public const long MaxRecordLength = 64 * 1024 * 1024;

    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>
    /// Where it is unless the command line says otherwise: what systemd gives a service (<c>StateDirectory=</c>), else the administrator's folder, else the user's
    /// (https://specifications.freedesktop.org/basedir-spec). Null where a user has no home.
    /// </summary>
    public static string? GetDefault()
    {
        const string name = "bdsync";
        var given = Get("STATE_DIRECTORY")?.Split(':')[0];
        return !string.IsNullOrEmpty(given) ? given
            : Environment.IsPrivilegedProcess ? $"/var/lib/{name}"
            : Get("XDG_STATE_HOME") is { } state ? System.IO.Path.Combine(state, name)
            : Get("HOME") is { } home ? System.IO.Path.Combine(home, ".local/state", name)
            : null;

        static string? Get(string variable) => Environment.GetEnvironmentVariable(variable) is ['/', ..] value ? value : null;
    }

    /// <summary>Adds a run, and removes what is too much.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
    public void Add(RunRecord run)
    {
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        var name = string.Create(CultureInfo.InvariantCulture, $"run-{run.End.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..8]}.json");
        AtomicFile.Write(System.IO.Path.Combine(path, name), JsonSerializer.SerializeToUtf8Bytes(run, RecordJson.Default.RunRecord), OwnerOnly);
        Prune(name, run.End);
    }

    /// <summary>Reads the runs, the newest first. Damaged files and those of another version are passed over.</summary>
    /// <param name="warn">Is told of each of them, in a sentence.</param>
    /// <exception cref="IOException">The folder can't be read. One that isn't there has no runs.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IEnumerable<RunRecord> Read(Action<string> warn) => List().Select(name => TryRead(System.IO.Path.Combine(path, name), warn)).OfType<RunRecord>();

    // The names sort by age.
    private IEnumerable<string> List() => !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path).Select(file => System.IO.Path.GetFileName(file)).Where(name => RecordName().IsMatch(name)).OrderDescending(StringComparer.Ordinal);

    private static RunRecord? TryRead(string file, Action<string> warn)
    {
        try
        {
            // A pipe would never end.
            if (FileStatus.Get(file, out var status) != 0 || !status.IsRegularFile || new FileInfo(file).Length > MaxRecordLength)
            {
                warn($"{file} is passed over: it is no record of a run.");
                return null;
            }

            var record = JsonSerializer.Deserialize(File.ReadAllBytes(file), RecordJson.Default.RunRecord);
            if (record is { Version: RunRecord.CurrentVersion } && !record.Tasks.Contains(null!))
            {
                return record;
            }

            warn($"{file} is passed over: it is no record of version {RunRecord.CurrentVersion}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // Another run may have removed it.
            if (exception is not FileNotFoundException)
            {
                warn($"{file} is passed over: {exception.Message}");
            }
        }

        return null;
    }

    private void Prune(string newest, DateTimeOffset now)
    {
        var oldest = $"run-{(now - MaxAge).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}";
        var count = 0;
        var length = 0L;
        foreach (var name in List().ToList())
        {
            var file = new FileInfo(System.IO.Path.Combine(path, name));
            count++;
            length += file.Exists ? file.Length : 0;
            if (name != newest && (count > MaxRuns || length > MaxLength || string.CompareOrdinal(name, oldest) < 0))
            {
                file.Delete();
            }
        }
    }

    [GeneratedRegex(@"^run-[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex RecordName();
}
