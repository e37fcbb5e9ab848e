namespace BdSync.Protocol.Planning;

/// <summary>What to do where two devices, or a device and a patch, differ in size: <c>--diffsize</c>.</summary>
public enum SizePolicy
{
    /// <summary>Refuse.</summary>
    Strict,

    /// <summary>The target gets the size of the source.</summary>
    Resize,

    /// <summary>Only what both have is synchronised.</summary>
    MinSize,
}
