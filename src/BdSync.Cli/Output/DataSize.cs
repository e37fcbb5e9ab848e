using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>A number of bytes as bdsync-manager writes it, with one decimal: <c>46.0B</c>, <c>12.3KiB</c>.</summary>
/// <param name="Bytes">The number.</param>
internal readonly record struct DataSize(long Bytes)
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public override string ToString()
    {
        var value = (double)Bytes;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:F1}{Units[unit]}");
    }
}
