using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>Two devices of 150 MB that differ here and there: large enough to be measured and shared. Made once for all tests.</summary>
public sealed class ScatteredDevices : IDisposable
{
    public const string Source = "source.img";
    public const string Target = "target.img";
    private const int Length = 150_000_001;
    private const int Distance = 1_234_567;

    /// <summary>Creates them.</summary>
    public ScatteredDevices()
    {
        var data = new byte[Length];
        new Random(1).NextBytes(data);
        data.AsSpan(20_000_000, 10_000_000).Clear();
        Folder.Write(Source, data);
        for (var offset = 7; offset < Length; offset += Distance)
        {
            data[offset] ^= 0x55;
        }

        data[^1] ^= 1;
        Folder.Write(Target, data);
    }

    internal WorkFolder Folder { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
