using BdSync.Protocol;

namespace BdSync.Cli.Tasks;

/// <summary>A task file can't be used. The message names file, line, section and key, as far as they are known; it has a line for each fault.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException = null)
    : BdSyncException(BdSyncExitStatus.Parameters, message, innerException)
{
    /// <summary>How many faults a message names.</summary>
    public const int MaxFaults = 100;

    /// <summary>Throws where there are faults.</summary>
    public static void ThrowIfAny(IReadOnlyCollection<string> faults)
    {
        if (faults.Count > 0)
        {
            var rest = faults.Count > MaxFaults ? $"\n… and {faults.Count - MaxFaults} more." : "";
            throw new ConfigurationException($"{string.Join('\n', faults.Take(MaxFaults))}{rest}");
        }
    }
}
