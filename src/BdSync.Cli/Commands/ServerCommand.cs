using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync --server</c></summary>
internal static class ServerCommand
{
    /// <param name="options">The command line.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="log">Takes the log; null for syslog.</param>
    public static async Task<int> RunAsync(StockOptions options, CancellationToken cancellationToken, Action<LogLevel, string>? log = null)
    {
        var logger = new TextLogger<BdSyncServer>(Verbosity.ToLogLevel(options.Verbosity), log ?? Syslog.Write);
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        await using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        await new BdSyncServer(options.Server, logger).RunAsync(input, new StandardOutput(), cancellationToken);
        return 0;
    }
}
