using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Output;

/// <summary>
/// Passes on the log of the library: what it has to say at information level is no more than debugging in a run, whose own lines scripts look for.
/// </summary>
internal sealed class CategoryLogger<T>(ILogger inner) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(ToOwn(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = ToOwn(logLevel);
        inner.Log(level, eventId, state, exception, formatter);
    }

    private static LogLevel ToOwn(LogLevel level) => level == LogLevel.Information ? LogLevel.Debug : level;
}
