using System.Globalization;
using BdSync.Cli.Inspecting;
using BdSync.Cli.Maps;
using BdSync.Cli.Output;
using BdSync.Protocol;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync inspect</c>: shows what is in patches, whether they are whole, and where the changes lie.</summary>
internal static class InspectCommand
{
    /// <summary>Shows it on standard output.</summary>
    /// <param name="paths">The patches; <c>-</c> for standard input.</param>
    /// <param name="asJson">Print an object for programs.</param>
    /// <param name="svgPath">The file for a picture; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The exit status: that of the first patch that is damaged or can't be read.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, bool asJson, string? svgPath, CancellationToken cancellationToken)
    {
        var style = TextStyle.Detect();
        List<InspectedPatch> patches = [];
        foreach (var path in paths)
        {
            var patch = await PatchInspection.InspectAsync(path, cancellationToken);
            patches.Add(patch);
            if (!asJson)
            {
                TextOutput.Write(InspectionText.Describe(patch, style));
            }
        }

        if (asJson)
        {
            TextOutput.Write(InspectionJson.Write(patches));
        }
        else
        {
            TextOutput.Write(InspectionText.DrawMap(patches, style));
        }

        if (svgPath is not null && patches.Exists(patch => patch.Cells is not null))
        {
            SvgFile.Write(svgPath, DrawPicture(patches));
        }

        return (int)(patches.Find(patch => patch.Status != BdSyncExitStatus.Success)?.Status ?? BdSyncExitStatus.Success);
    }

    private static string DrawPicture(List<InspectedPatch> patches)
    {
        var shown = patches.Where(patch => patch.Cells is not null).ToList();
        var length = shown.Max(patch => patch.Cells!.DeviceLength);
        var changed = shown.Sum(patch => patch.Summary!.Extents.Length);
        var title = shown.Count == 1 ? $"Changes in {shown[0].Path}" : $"Changes in {shown.Count} patches, by how many of them change a cell";
        var devices = string.Join(", ", shown.Select(patch => patch.Summary!.Header!.DeviceName).Distinct());
        return SvgMap.Draw(
            [.. shown.Select(patch => patch.Cells!)],
            title,
            [
                devices,
                string.Create(CultureInfo.InvariantCulture, $"{new ShortSize(changed)} changed{(shown.Count == 1 ? "" : " in all together")}, of {new ShortSize(length)}")
                    + (shown.TrueForAll(patch => patch.Status == BdSyncExitStatus.Success) ? "" : "; a patch is damaged"),
            ]);
    }
}
