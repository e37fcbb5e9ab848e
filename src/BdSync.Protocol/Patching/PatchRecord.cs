namespace BdSync.Protocol.Patching;

/// <summary>Data and where on the device it belongs.</summary>
/// <param name="Offset">Where it belongs, in bytes from the start of the device.</param>
/// <param name="Data">The data, 1 to 65535 bytes. A reader's records are valid only until it reads the next one.</param>
public readonly record struct PatchRecord(long Offset, ReadOnlyMemory<byte> Data);
