using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Output;

/// <summary>The log of a run, on standard error: each task has a logger of its own. Safe for several threads.</summary>
/// <param name="program">What lines outside of tasks start with: the name that the program was called by.</param>
/// <param name="minimum">The least level that is written.</param>
/// <param name="format">How lines look.</param>
/// <param name="write">Receives each line.</param>
/// <param name="time">Tells the time.</param>
internal sealed class RunLog(string program, LogLevel minimum, LogFormat format, Action<string> write, TimeProvider time)
{
    private readonly Lock gate = new();

    private LogLevel Minimum => minimum;

    /// <summary>Gets the logger of a task.</summary>
    /// <param name="task">The task's name; null for what belongs to none.</param>
    public ILogger GetLogger(string? task) => new TaskLogger(this, task);

    private static string GetName(LogLevel level) => level switch
    {
        >= LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARNING",
        LogLevel.Information => "INFO",
        _ => "DEBUG",
    };

    private void Write(string? task, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        var line = format == LogFormat.Json ? ToJson(task, level, message, values)
            : task is null ? string.Create(CultureInfo.InvariantCulture, $"[{program}] {time.GetLocalNow():yyyy-MM-dd HH:mm:ss,fff} - {message}")
            : $"[Task {task}] {GetName(level)}: {message}";
        lock (gate)
        {
            write(line);
        }
    }

    private string ToJson(string? task, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", GetName(level).ToLowerInvariant());
            if (task is not null)
            {
                json.WriteString("task", task);
            }

            json.WriteString("message", message);
            foreach (var (name, value) in values ?? [])
            {
                // What a message is made of, but for its template.
                if (!name.StartsWith('{'))
                {
                    WriteValue(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case long or int:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case TimeSpan duration:
                json.WriteNumber(name + "_seconds", duration.TotalSeconds);
                break;
            case ElapsedTime elapsed:
                json.WriteNumber(name + "_seconds", elapsed.Value.TotalSeconds);
                break;
            case DataSize size:
                json.WriteNumber(name + "_bytes", size.Bytes);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private sealed class TaskLogger(RunLog log, string? task) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(task, logLevel, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>);
            }
        }
    }

}
