using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>What hosts log.</summary>
internal static partial class HostLog
{
    [LoggerMessage(100, LogLevel.Warning, "RMTERR: {Line}")]
    public static partial void ServerSaid(this ILogger logger, string line);

    [LoggerMessage(101, LogLevel.Information, "RMTERR: {Line}")]
    public static partial void CommandSaid(this ILogger logger, string line);

    [LoggerMessage(102, LogLevel.Warning, "{Warning}")]
    public static partial void ConnectionWarning(this ILogger logger, string warning);

    [LoggerMessage(103, LogLevel.Debug, "{Host}: {Command}")]
    public static partial void CommandStarts(this ILogger logger, string host, string command);

    [LoggerMessage(104, LogLevel.Warning, "{State}")]
    public static partial void ApplyingEnded(this ILogger logger, string state);
}
