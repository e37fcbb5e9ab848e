using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Memory;

/// <summary>Devices that are larger than what any program may hold, and differ throughout. Made once for all tests.</summary>
public sealed class LargeDevices : IDisposable
{
    public const int Mebibytes = 240;

    /// <summary>Creates them.</summary>
    public LargeDevices() => Devices.Create(Folder, Mebibytes);

    internal WorkFolder Folder { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
