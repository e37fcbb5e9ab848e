using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Output;

/// <summary>What <c>--verbose</c> shows.</summary>
internal static class Verbosity
{
    /// <summary>The least level that is shown.</summary>
    /// <param name="count">How often the option was given.</param>
    public static LogLevel ToLogLevel(int count) => count switch
    {
        0 => LogLevel.Warning,
        1 => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
