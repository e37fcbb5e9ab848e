namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>One setting: a line of a file, or an option of the command line.</summary>
/// <param name="Location">Where it was found, as errors name it: <c>FILE:LINE</c> or the option.</param>
/// <param name="ExitStatus">What an error in it ends the program with.</param>
/// <param name="Keyword">As it was written.</param>
/// <param name="Argument">What follows it, without the blanks around it; comments and quotation marks are in it.</param>
internal sealed record SshConfigurationLine(string Location, BdSyncExitStatus ExitStatus, string Keyword, string Argument)
{
    private const string Blanks = " \t\r\n";

    /// <summary>A setting of the command line.</summary>
    public static SshConfigurationLine FromOption(string keyword, string argument) =>
        new($"The ssh option {keyword}", BdSyncExitStatus.Parameters, keyword, argument.Trim());

    /// <summary>Takes a line of a file apart: a keyword, blanks or a =, and what follows.</summary>
    /// <returns>Null for an empty line and a comment.</returns>
    public static SshConfigurationLine? Parse(string text, string file, int number)
    {
        var line = text.AsSpan().TrimStart(Blanks).TrimEnd(Blanks + "\f");
        if (line.IsEmpty || line[0] == '#')
        {
            return null;
        }

        var location = $"{file}:{number}";
        if (line[0] == '"')
        {
            var end = line[1..].IndexOf('"');
            return end < 0
                ? throw new TransportException(BdSyncExitStatus.Connection, $"{location}: The quotation mark before the keyword has no end.")
                : new(location, BdSyncExitStatus.Connection, line[1..(end + 1)].ToString(), line[(end + 2)..].TrimStart(Blanks).ToString());
        }

        var length = line.IndexOfAny(Blanks + "=");
        if (length < 0)
        {
            return new(location, BdSyncExitStatus.Connection, line.ToString(), "");
        }

        var argument = line[length..].TrimStart(Blanks);
        if (!argument.IsEmpty && argument[0] == '=')
        {
            argument = argument[1..].TrimStart(Blanks);
        }

        return new(location, BdSyncExitStatus.Connection, line[..length].ToString(), argument.ToString());
    }

    /// <summary>The words of the argument, without their quotation marks.</summary>
    /// <exception cref="TransportException">A quotation mark has no end, or there is something that isn't text.</exception>
    public IReadOnlyList<string> GetWords()
    {
        var words = SshConfigurationWords.Split(Argument) ?? throw Error("a quotation mark has no end; close it, or put a \\ before it");
        foreach (var word in words)
        {
            CheckText(word);
        }

        return words;
    }

    /// <summary>Refuses what no path, host or name has.</summary>
    public void CheckText(string text)
    {
        if (text.AsSpan().IndexOfAny('\0', '\uFFFD') >= 0)
        {
            throw Error("the value has a zero byte or bytes that are not UTF-8; write it in UTF-8");
        }
    }

    /// <summary>An error in this setting.</summary>
    /// <param name="problem">A clause: what was found, what is allowed, what to do.</param>
    public TransportException Error(string problem) => new(ExitStatus, PrintableText.From($"{Location}: {Keyword} can't be used: {problem}."));
}
