using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Processes;

/// <summary>Devices that differ throughout: their patch is larger than all that pipes and programs hold on the way.</summary>
internal static class Devices
{
    public const string Source = "source.img";
    public const string Target = "target.img";

    /// <summary>A source of noise, and a target of zeros that takes no space.</summary>
    public static void Create(WorkFolder folder, int mebibytes = 64)
    {
        var noise = new byte[1024 * 1024];
        var random = new Random(1);
        using var source = File.Create(folder[Source]);
        for (var count = 0; count < mebibytes; count++)
        {
            random.NextBytes(noise);
            source.Write(noise);
        }

        using var target = File.Create(folder[Target]);
        target.SetLength(source.Length);
    }
}
