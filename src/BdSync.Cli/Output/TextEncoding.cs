namespace BdSync.Cli.Output;

/// <summary>How the user's terminal takes text.</summary>
internal static class TextEncoding
{
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether characters beyond ASCII are shown: what the name of the locale says, of which the first variable counts that is set and not empty (locale(7)).</summary>
    /// <param name="getVariable">Gives a variable of the environment; null or empty where it isn't set.</param>
    public static bool IsUtf8(Func<string, string?> getVariable)
    {
        var locale = LocaleVariables.Select(getVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
