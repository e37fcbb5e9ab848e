using BdSync.Cli.CommandLine;
using BdSync.Cli.Output.Live;
using BdSync.Protocol;

namespace BdSync.Cli.Output;

/// <summary>Shows the progress of a single comparison on standard error, as the command line asks for it, until it is disposed of.</summary>
internal sealed class ProgressDisplay : IAsyncDisposable
{
    private readonly ComparisonSource? source;
    private readonly LiveView? view;

    public ProgressDisplay(ProgressStyle style)
    {
        if (style == ProgressStyle.Bar && LiveView.IsPossible)
        {
            source = new(TimeProvider.System);
            view = LiveView.Show(source);
        }

        Progress = style switch
        {
            ProgressStyle.None => null,
            ProgressStyle.Bar => source ?? (IProgress<SyncProgress>)new PlainProgress(StandardError.WriteLine, TimeProvider.System),
            _ => new ProgressPrinter(style, Console.Error, TimeProvider.System),
        };
    }

    /// <summary>Is told how far the comparison has come; null where nobody wants to know.</summary>
    public IProgress<SyncProgress>? Progress { get; }

    public async ValueTask DisposeAsync()
    {
        source?.End();
        await (view?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
