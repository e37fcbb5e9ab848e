namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Two devices and how they are to be synchronised.</summary>
public sealed record SyncScenario(DevicePair Devices, BdSyncClientOptions Options, bool ServerZeroBlocks)
{
    /// <summary>The device whose data goes into the patch.</summary>
    public byte[] Source => Options.RemoteData ? Devices.Remote : Devices.Local;

    /// <summary>The device that the patch is for.</summary>
    public byte[] Target => Options.RemoteData ? Devices.Local : Devices.Remote;
}
