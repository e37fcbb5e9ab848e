namespace BdSync.Cli.CommandLine;

/// <summary>Whether an option takes an argument.</summary>
internal enum OptionArgument
{
    None,

    /// <summary>In the same word (<c>-b4096</c>, <c>--blocksize=4096</c>) or in the next one.</summary>
    Required,

    /// <summary>Only in the same word: <c>-dresize</c>, <c>--diffsize=resize</c>.</summary>
    Optional,
}
