namespace BdSync.Interop.Tests.Scenarios;

/// <summary>Where the stock tool is known to go wrong, so that it can't serve as the measure. <see cref="StockFaultTests"/> shows each.</summary>
internal static class StockFaults
{
    /// <summary>
    /// Its client writes records past the size that the patch states, which every patcher refuses; with <c>--remdata</c> it asks past
    /// the end of the remote device and ends.
    /// </summary>
    public static bool WritesPastTheEnd(Scenario scenario, DevicePair devices) =>
        scenario is { Policy: "resize", BlockSize: > 32768 } && devices.Source.Length > 0 && devices.Source.Length < devices.Target.Length;

    /// <summary>Its patcher can't cut a file to nothing: it ends with 3.</summary>
    public static bool CannotEmpty(Scenario scenario, DevicePair devices) =>
        scenario.PatchPolicy == "resize" && devices.Source.Length == 0 && devices.Target.Length > 0;

    /// <summary>With <c>--diffsize=minsize</c> its patcher adds to a file that is smaller than the patch says.</summary>
    public static bool WritesPastTheTarget(Scenario scenario, DevicePair devices) =>
        scenario is { PatchPolicy: "minsize", Policy: not "minsize" } && devices.Source.Length > devices.Target.Length;
}
