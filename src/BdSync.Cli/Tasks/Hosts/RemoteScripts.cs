namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// What tasks have a shell do on the other side. <c>bdsync restrict</c> recognises these scripts, and does their work itself: a script that isn't here is refused there.
/// </summary>
internal static class RemoteScripts
{
    /// <summary>In front of a script whose input starts with a line that isn't for it.</summary>
    public const string SkipLine = "read -r x; ";

    /// <summary>Behind <see cref="Watched"/> where nothing else follows.</summary>
    public const string WatchedEnd = "\nexit \"$s\"";

    /// <summary>A script that sh is given: <c>sh -c SCRIPT</c>.</summary>
    public static ScriptTemplate Shell { get; } = new("sh -c {word}");

    /// <summary>Says something that the words themselves don't have in them.</summary>
    public static ScriptTemplate Probe { get; } = new("echo bd''sync");

    /// <summary>The program: says what it is.</summary>
    public static ScriptTemplate GetVersion { get; } = new("{path} --version 2>&1");

    /// <summary>A path: says 0 where something is there, else 1.</summary>
    public static ScriptTemplate Exists { get; } = new("[ -e {path} ]; echo $?");

    /// <summary>A file, twice: makes it, empty, where nothing is there.</summary>
    public static ScriptTemplate CreateFile { get; } = new("[ -e {path} ] || touch {path}");

    /// <summary>
    /// A name with six times X before its end, the same without the end, and the end: says which file was made. GNU's mktemp takes an end, busybox's does not: there the name
    /// that it makes up is taken, with the end, and only if there is no such file (-C).
    /// </summary>
    public static ScriptTemplate CreatePatchFile { get; } = new(
        """
        mktemp {path} 2>/dev/null && exit
        n=$(mktemp {path}) || exit
        umask 077; set -C; : >"$n"{word} && rm -f "$n" && printf '%s\n' "$n"{word}
        """);

    /// <summary>A file: replaces its content.</summary>
    public static ScriptTemplate WriteFile { get; } = new("umask 077; cat >{path}");

    /// <summary>A file: says its size.</summary>
    public static ScriptTemplate GetLength { get; } = new("stat -L -c %s {path}");

    /// <summary>A file: says its sha256.</summary>
    public static ScriptTemplate GetSha256 { get; } = new(Watched("sha256sum <{path}") + WatchedEnd);

    /// <summary>The program, its options, and a patch: applies it.</summary>
    public static ScriptTemplate Apply { get; } = new(Watched("{path} --patch{words} <{path}") + WatchedEnd);

    /// <summary>The same as a person would do it.</summary>
    public static ScriptTemplate ApplyByHand { get; } = new("{path} --patch{words} <{path}");

    /// <summary>A file: removes it.</summary>
    public static ScriptTemplate Remove { get; } = new("rm -f {path}");

    /// <summary>How paths start and end: says which files there are, with a NUL behind each.</summary>
    public static ScriptTemplate List { get; } = new("for f in {path}*{word}; do if [ -f \"$f\" ]; then printf '%s\\0' \"$f\"; fi; done");

    /// <summary>
    /// Lines of a script that run a command and end it when the script's own input is at its end: nobody waits for it any more. Its status is then in
    /// <c>$s</c>. Of a pipe, <c>$!</c> is the last command, and the others end with it.
    /// </summary>
    /// <param name="command">It must have an input of its own.</param>
    public static string Watched(string command) =>
        $"""
        exec 3<&0
        {command} 3<&- & p=$!
        (read -r x <&3; kill "$p") >/dev/null 2>&1 & w=$!
        wait "$p"; s=$?; kill "$w" 2>/dev/null
        """;
}
