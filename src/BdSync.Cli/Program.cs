using BdSync.Cli;
using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Completion;
using BdSync.Cli.CommandLine.Subcommands;
using BdSync.Cli.Commands;
using BdSync.Cli.Output;
using BdSync.Cli.Variants;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

const int BrokenPipe = 32;
const int SignalPipe = 13;
const int Fault = 70;

// Before anything else: it starts the program anew. What hashes nothing is faster without.
if (args is [not "--help" and not CompletionLine.Word and not "tasks" and not "inspect" and not "history", ..] && !Array.Exists(args, word => word == "-p" || word.StartsWith("--patch", StringComparison.Ordinal)))
{
    ProcessorVariant.Start(args);
}

// Some of the pool's threads sit in reads and writes of pipes: hashing must not have to wait for a thread.
ThreadPool.GetMinThreads(out var workerThreads, out var completionThreads);
ThreadPool.SetMinThreads(workerThreads + 8, completionThreads);

using var interruption = new Interruption();
var mode = StockMode.Client;
try
{
    if (args is [CompletionLine.Word, ..])
    {
        return CompletionLine.Run(args, interruption, Console.Out);
    }

    if (ManagerCommandLine.IsProgramName())
    {
        return await SubcommandLine.InvokeManagerAsync(args, interruption);
    }

    if (SubcommandLine.IsSubcommand(args))
    {
        return await SubcommandLine.InvokeAsync(args, interruption);
    }

    var options = StockCommandLine.Parse(args);
    mode = options.Mode;
    return mode switch
    {
        StockMode.Help => Show(Usage.Text),
        StockMode.Version => Show(Usage.Version),
        StockMode.Server => await ServerCommand.RunAsync(options, interruption.Token),
        StockMode.Local => await LocalCommand.RunAsync(options, interruption.Token),
        StockMode.Patch => await PatchCommand.RunAsync(options, interruption.Token),
        _ => await ClientCommand.RunAsync(options, interruption.Token),
    };
}
catch (Exception exception)
{
    return Fail(exception);
}

int Show(string text)
{
    Console.Out.WriteLine(text);
    return 0;
}

// The one place where an error becomes an exit status.
int Fail(Exception exception)
{
    var (status, message) = exception switch
    {
        OperationCanceledException when interruption.Signal != 0 => (128 + interruption.Signal, $"Ended by signal {interruption.Signal}."),
        BdSyncException { InnerException: IOException { HResult: BrokenPipe } } when exception is not TransportException || mode == StockMode.Server =>
            (128 + SignalPipe, $"Ended by signal {SignalPipe}: nobody reads the output."),
        UsageException usage => ((int)usage.ExitStatus, $"{usage.Message}\n\n{Usage.Text}"),
        BdSyncException known => ((int)known.ExitStatus, known.Message),
        _ => (Fault, $"An unexpected {exception.GetType().Name}: {exception.Message}"),
    };
    if (mode == StockMode.Server)
    {
        Syslog.Write(LogLevel.Error, message);
    }
    else
    {
        // These words are fixed: scripts look for them.
        StandardError.WriteLine(exception is SizeMismatchException ? message : $"bdsync: {message}");
    }

    return status;
}
