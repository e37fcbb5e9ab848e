using BdSync.Protocol.Devices;

namespace BdSync.Protocol;

/// <summary>How a server works. Immutable.</summary>
public sealed record BdSyncServerOptions
{
    /// <summary>Hash a block of zeros once only; for sparse devices. Default false.</summary>
    public bool ZeroBlocks { get; init; }

    /// <summary>How many threads hash at the same time: at least 1. Default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Opens the device that a client names: any text of 2 to 4095 bytes, so this is where access is decided. The server
    /// disposes of the device. Default: <see cref="LocalDevice.Open(string, bool, string?)"/>, whatever this process may read.
    /// </summary>
    public Func<string, Device> OpenDevice { get; init; } = path => LocalDevice.Open(path);
}
