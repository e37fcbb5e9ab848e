using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Output;

/// <summary>Passes log messages, as plain text, to where they are shown.</summary>
internal sealed class TextLogger<T>(LogLevel minimum, Action<LogLevel, string> write) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            write(logLevel, formatter(state, exception));
        }
    }
}
