using BdSync.Protocol;

namespace BdSync.Cli.Tasks;

/// <summary>A task file can't be used. The message names file, line, section and key, as far as they are known.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException = null)
    : BdSyncException(BdSyncExitStatus.Parameters, message, innerException);
