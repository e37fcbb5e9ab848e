namespace BdSync.Protocol.Devices;

/// <summary>What lies behind a path, as far as it matters here.</summary>
internal enum DeviceKind
{
    RegularFile,
    BlockDevice,

    /// <summary>/dev/null: a legal device of size 0.</summary>
    Null,
}
