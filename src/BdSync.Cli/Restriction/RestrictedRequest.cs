using BdSync.Cli.CommandLine;
using BdSync.Cli.Tasks.Hosts;

namespace BdSync.Cli.Restriction;

/// <summary>What a client has asked for, understood. No shell ever sees it.</summary>
/// <param name="Template">Which script of a task it is; null where it is a command line of bdsync.</param>
/// <param name="Values">The script's values, or the words behind the program's name.</param>
/// <param name="SkipsLine">Whether the first line of the input isn't for it.</param>
internal sealed record RestrictedRequest(ScriptTemplate? Template, object[] Values, bool SkipsLine)
{
    /// <summary>In characters: more than a task's longest script with two paths.</summary>
    public const int MaxLength = 65536;

    private const string ProgramName = "bdsync";

    private static readonly ScriptTemplate[] Scripts =
    [
        RemoteScripts.Probe, RemoteScripts.GetVersion, RemoteScripts.Exists, RemoteScripts.CreateFile, RemoteScripts.CreatePatchFile, RemoteScripts.WriteFile, RemoteScripts.GetLength,
        RemoteScripts.GetSha256, RemoteScripts.Apply, RemoteScripts.ApplyByHand, RemoteScripts.Remove, RemoteScripts.List,
    ];

    private static readonly ScriptTemplate[] OfProgram = [RemoteScripts.GetVersion, RemoteScripts.Apply, RemoteScripts.ApplyByHand];

    /// <summary>Reads <c>SSH_ORIGINAL_COMMAND</c>.</summary>
    /// <exception cref="RestrictionException">It is nothing that can be allowed.</exception>
    public static RestrictedRequest Read(string line)
    {
        if (line.Length is 0 or > MaxLength)
        {
            throw new RestrictionException(line.Length == 0 ? "There is no command, and a shell is not allowed." : $"The command has {line.Length} characters; {MaxLength} are allowed.");
        }

        var script = RemoteScripts.Shell.Read(line) is [string given] ? given : line;
        var skipsLine = script.StartsWith(RemoteScripts.SkipLine, StringComparison.Ordinal);
        script = skipsLine ? script[RemoteScripts.SkipLine.Length..] : script;
        foreach (var template in Scripts)
        {
            if (template.Read(script) is { } values)
            {
                if (template == RemoteScripts.CreateFile && !values[0].Equals(values[1]))
                {
                    throw new RestrictionException("Looking at one file and making another is not what a task does.");
                }

                CheckProgram(OfProgram.Contains(template) ? (string)values[0] : ProgramName);
                return new(template, values, skipsLine);
            }
        }

        var words = Split(script);
        CheckProgram(words[0]);
        return new(null, [.. words[1..]], skipsLine);
    }

    private static void CheckProgram(string program)
    {
        if (Path.GetFileName(program) != ProgramName)
        {
            throw new RestrictionException($"'{program}' is not allowed: only {ProgramName} is, and what its tasks do.");
        }
    }

    private static List<string> Split(string line)
    {
        List<string> words = [];
        for (var rest = line.AsSpan().Trim(' '); !rest.IsEmpty; rest = rest.TrimStart(' '))
        {
            if (ShellWord.Read(ref rest) is not { } word || rest is not ([] or [' ', ..]))
            {
                throw new RestrictionException($"A shell would be needed for {(rest.IsEmpty ? "it" : $"the '{rest[0]}' in it")}, and is not allowed.");
            }

            words.Add(word);
        }

        return words.Count > 0 ? words : throw new RestrictionException("There is no command, and a shell is not allowed.");
    }
}
