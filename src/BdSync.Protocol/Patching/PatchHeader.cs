namespace BdSync.Protocol.Patching;

/// <summary>What a patch says before its first record.</summary>
/// <param name="DeviceLength">The size of the device that it was made from, in bytes; the target has or gets this size.</param>
/// <param name="DeviceName">The path of the device that it is for. A patch holds bytes; they are taken for UTF-8.</param>
public sealed record PatchHeader(long DeviceLength, string DeviceName);
