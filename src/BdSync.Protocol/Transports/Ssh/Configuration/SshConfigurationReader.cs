namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Reads the files of ssh_config(5) and those that they include, and takes in what is for one host.</summary>
/// <param name="options">Gets the values; what is in them already wins.</param>
/// <param name="sources">Which files.</param>
/// <param name="originalHost">The host as it was named by the user.</param>
/// <param name="warn">Gets a sentence about each Match line that can't be evaluated, and about a file that can't be read.</param>
internal sealed class SshConfigurationReader(SshOptions options, SshConfigurationSources sources, string originalHost, Action<string> warn)
{
    /// <summary>How deep files can include each other: READCONF_MAX_DEPTH of OpenSSH's readconf.c.</summary>
    public const int MaxDepth = 16;

    /// <summary>How many files are read for one host: files that include each other twice would be thousands.</summary>
    public const int MaxFiles = 512;

    private string host = "";
    private bool isFinal;
    private int fileCount;

    /// <summary>Whether a Match line asks for the files to be read a second time.</summary>
    public bool WantsFinalPass { get; private set; }

    /// <summary>Reads all files.</summary>
    /// <param name="name">What Host patterns are matched against: as named by the user, or, the second time, the name to connect to.</param>
    /// <param name="isFinalPass">Whether it is the second time.</param>
    /// <exception cref="TransportException">A file can't be read, others can write it, a line is malformed, or there are too many files.</exception>
    public void Read(string name, bool isFinalPass)
    {
        host = name;
        isFinal = isFinalPass;
        if (sources.File is null)
        {
            ReadDefault(Path.Combine(sources.UserFolder, "config"), sources.UserId, isUsers: true);
            ReadDefault(Path.Combine(sources.SystemFolder, "ssh_config"), owner: null, isUsers: false);
        }
        else if (!sources.File.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            var lines = ReadLines(sources.File, owner: null, out var isMissing);
            if (isMissing)
            {
                throw new TransportException(BdSyncExitStatus.Connection, $"The ssh configuration {sources.File} doesn't exist; name another file, or none.");
            }

            ReadBlocks(lines, sources.File, isActive: true, isUsers: true, depth: 0);
        }
    }

    private void ReadDefault(string path, uint? owner, bool isUsers)
    {
        IReadOnlyList<string> lines;
        try
        {
            lines = ReadLines(path, owner, out _);
        }
        catch (TransportException error) when (error.InnerException is not null)
        {
            // A service may see no homes; ssh(1) says nothing at all then.
            warn(error.Message);
            return;
        }

        ReadBlocks(lines, path, isActive: true, isUsers, depth: 0);
    }

    private IReadOnlyList<string> ReadLines(string path, uint? owner, out bool isMissing)
    {
        if (++fileCount > MaxFiles)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"The ssh configuration consists of more than {MaxFiles} files; include fewer.");
        }

        try
        {
            return ConfigurationFile.ReadLines(path, owner, out isMissing);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"The ssh configuration {path} can't be read: {error.Message}", error);
        }
    }

    private void ReadBlocks(IReadOnlyList<string> lines, string path, bool isActive, bool isUsers, int depth)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            if (SshConfigurationLine.Parse(lines[index], path, index + 1) is not { } line)
            {
                continue;
            }

            switch (line.Keyword.ToLowerInvariant())
            {
                case "host":
                    isActive = MatchesHost(line);
                    break;
                case "match":
                    isActive = MatchesCondition(line);
                    break;
                case "include":
                    // What is included in a block that doesn't match can't match either.
                    foreach (var file in isActive ? FindIncluded(line, isUsers) : [])
                    {
                        Include(line, file, isUsers, depth + 1);
                    }

                    break;
                default:
                    options.Apply(line, isActive);
                    break;
            }
        }
    }

    private bool MatchesHost(SshConfigurationLine line)
    {
        var patterns = line.GetWords();
        return patterns.Count > 0 && patterns.All(pattern => pattern.Length > 0)
            ? HostPattern.MatchesWords(host, patterns)
            : throw line.Error("it has no pattern, or an empty one; write Host * for all hosts");
    }

    private bool MatchesCondition(SshConfigurationLine line)
    {
        var connected = isFinal ? host
            : options.Find("HostName") is { } value ? SshTokens.ExpandHostName(value, host)
            : host;
        var context = new MatchContext(connected, originalHost, options.Find("User")?.Text ?? sources.UserName, sources.UserName, isFinal);
        var condition = MatchCondition.Evaluate(line, context);
        WantsFinalPass |= condition.NamesFinal;
        if (condition.Unsupported is not null)
        {
            warn($"{line.Location}: The lines behind this Match are skipped: the built-in ssh client doesn't support the criterion {condition.Unsupported}.");
        }

        return condition.IsMatch;
    }

    private List<string> FindIncluded(SshConfigurationLine line, bool isUsers)
    {
        var patterns = line.GetWords();
        if (patterns.Count == 0 || patterns.Any(pattern => pattern.Length == 0))
        {
            throw line.Error("it names no file, or an empty name");
        }

        List<string> files = [];
        foreach (var pattern in patterns)
        {
            if (pattern[0] == '~' && !isUsers)
            {
                throw line.Error($"{pattern} is in somebody's home, and the system's configuration must not depend on one; name another file");
            }

            var path = pattern[0] == '~' ? SshTokens.ExpandHome(pattern, line, sources) : Path.Combine(isUsers ? sources.UserFolder : sources.SystemFolder, pattern);
            files.AddRange(IncludePattern.Find(path, MaxFiles));
        }

        return files;
    }

    private void Include(SshConfigurationLine line, string path, bool isUsers, int depth)
    {
        if (depth > MaxDepth)
        {
            throw line.Error($"files include each other more than {MaxDepth} deep; is there one that includes itself?");
        }

        var lines = ReadLines(path, sources.UserId, out var isMissing);
        if (isMissing)
        {
            throw line.Error($"{path} is a symbolic link that leads nowhere; remove it");
        }

        ReadBlocks(lines, path, isActive: true, isUsers, depth);
    }
}
