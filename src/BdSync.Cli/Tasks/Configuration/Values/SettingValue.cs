using System.Globalization;
using System.Text.RegularExpressions;
using BdSync.Cli.Patches;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Configuration.Values;

/// <summary>What single values may be. Each method fails with a sentence that says what was found and what is allowed, not where it stands.</summary>
internal static partial class SettingValue
{
    /// <summary>The largest number for <c>keep_patches</c>, <c>undo_patches</c> and <c>retries</c>.</summary>
    public const int MaxCount = BdSyncClientOptions.MaxRetries;

    /// <summary>The longest time for a command around a task, in seconds: a week.</summary>
    public const int MaxSeconds = 7 * 24 * 60 * 60;

    /// <summary>configparser's words in any case, and y and n.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static bool ParseBoolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "yes" or "y" or "true" or "on" => true,
        "0" or "no" or "n" or "false" or "off" => false,
        _ => throw Refused(text, "no yes or no; 1, yes, y, true and on are allowed, and 0, no, n, false and off"),
    };

    /// <summary>Bytes per second.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static long ParseBandwidth(string text)
    {
        var match = Bandwidth().Match(text);
        var shift = match.Groups[2].ValueSpan is [var unit] ? 10 * "bkmg".IndexOf(char.ToLowerInvariant(unit), StringComparison.Ordinal) : 0;
        return match.Success && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= long.MaxValue >> shift
            ? number << shift
            : throw Refused(text, "no bandwidth; a number from 1 on is allowed, in bytes per second, or with k, m or g behind it in powers of 1024, up to 2^63-1 bytes");
    }

    /// <summary>0 to <see cref="MaxCount"/>.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static int ParseCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxCount ? number : throw Refused(text, $"no number from 0 to {MaxCount}");

    /// <summary>1 to <see cref="MaxCount"/>.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static int ParseInterval(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxCount ? number : throw Refused(text, $"no number from 1 to {MaxCount}");

    /// <summary>A part of the blocks, or a number of them.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static BlockSample ParseSample(string text) =>
        BlockSample.TryParse(text, out var sample) ? sample! : throw Refused(text, "no sample; a part of the blocks above 0% up to 100% is allowed, such as 1%, or a number of blocks from 1 on");

    /// <summary>A time: seconds, or with s, m or h behind the number.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static TimeSpan ParseTime(string text)
    {
        var match = Time().Match(text);
        var unit = match.Groups[2].Value switch
        {
            "m" => 60,
            "h" => 60 * 60,
            _ => 1,
        };
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= MaxSeconds / unit
            ? TimeSpan.FromSeconds((long)number * unit)
            : throw Refused(text, $"no time; a number of seconds from 1 to {MaxSeconds} is allowed, also such as 90s, 5m, 2h");
    }

    /// <summary>A size as <c>lvcreate --size</c> takes it.</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static string ParseSnapshotSize(string text) =>
        SnapshotSize().IsMatch(text) ? text : throw Refused(text, "no size; a number is allowed, with one of the letters b, s, k, m, g, t, p and e behind it, such as 5G, or with %ORIGIN for a part of the source");

    /// <summary>A name that LVM takes for a volume (lvm(8), "Valid names").</summary>
    /// <exception cref="ConfigurationException">Refused.</exception>
    public static string ParseVolumeName(string text) =>
        VolumeName().IsMatch(text) && text is not ("." or "..") ? text : throw Refused(text, "no name for a volume; letters, digits and + _ . - are allowed, no - in front, 127 characters at most");

    /// <exception cref="ConfigurationException">Refused.</exception>
    public static TaskDirection ParseDirection(string text) => text switch
    {
        "push" => TaskDirection.Push,
        "pull" => TaskDirection.Pull,
        _ => throw Refused(text, "no direction; push and pull are allowed"),
    };

    /// <exception cref="ConfigurationException">Refused.</exception>
    public static PatchCompression ParseCompression(string text) => text switch
    {
        "none" => PatchCompression.None,
        "gzip" => PatchCompression.Gzip,
        "zstd" => PatchCompression.Zstd,
        _ => throw Refused(text, "no compression; none, gzip and zstd are allowed"),
    };

    /// <exception cref="BdSyncException">Refused.</exception>
    public static TaskConnection ParseAddress(string text)
    {
        if (!SshTransportOptions.IsAddress(text))
        {
            throw Refused(text, "no address; ssh://[USER@]HOST[:PORT] is allowed, a command belongs into connection_command");
        }

        _ = SshTransportOptions.FromAddress(text);
        return new(text, []);
    }

    /// <exception cref="ConfigurationException">Refused.</exception>
    public static TaskConnection ParseCommand(string text)
    {
        var words = ShellWords.Split(text);
        return words.Count > 0 && words[0].Length > 0 ? new(text, [HomeFolder.Expand(words[0]), .. words.Skip(1)]) : throw Refused(text, "no command: it names no program");
    }

    private static ConfigurationException Refused(string text, string problem) => new($"{Finding.Quote(text)} is {problem}.");

    [GeneratedRegex(@"\A([0-9]+)([bkmgBKMG]?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bandwidth();

    [GeneratedRegex(@"\A([0-9]+)([smh]?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A(?:[0-9]{1,18}[bskmgtpe]?|[1-9][0-9]{0,2}%ORIGIN)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SnapshotSize();

    [GeneratedRegex(@"\A[a-zA-Z0-9+_.][a-zA-Z0-9+_.-]{0,126}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VolumeName();
}
