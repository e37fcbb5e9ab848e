using BdSync.Protocol.Devices;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Two sparse devices, as islands of data in holes, and how they are compared.</summary>
public sealed record SparseScenario(
    int LocalLength, int RemoteLength, IReadOnlyList<(long Offset, byte[] Data)> LocalIslands, IReadOnlyList<(long Offset, byte[] Data)> RemoteIslands, bool LocalKnows, bool RemoteKnows, BdSyncClientOptions Options)
{
    public override string ToString() =>
        $"local {LocalLength} {(LocalKnows ? "sparse" : "dense")} {Describe(LocalIslands)}, remote {RemoteLength} {(RemoteKnows ? "sparse" : "dense")} {Describe(RemoteIslands)}, {Options}";

    public Device CreateLocal() => new IslandDevice(LocalLength, LocalIslands) { KnowsHoles = LocalKnows };

    public Device CreateRemote() => new IslandDevice(RemoteLength, RemoteIslands) { KnowsHoles = RemoteKnows };

    /// <summary>The patch that the specification asks for.</summary>
    public byte[] ComputePatch(string remotePath, string localName)
    {
        var (local, remote) = (ReadAll(CreateLocal()), ReadAll(CreateRemote()));
        return Options.RemoteData ? ReferencePatch.Compute(Options, remote, local, localName)! : ReferencePatch.Compute(Options, local, remote, remotePath)!;
    }

    public static byte[] ReadAll(Device device)
    {
        using (device)
        {
            var content = new byte[device.Length];
            Assert.Equal(content.Length, device.Read(0, content));
            return content;
        }
    }

    private static string Describe(IReadOnlyList<(long Offset, byte[] Data)> islands) => string.Join(' ', islands.Select(island => $"{island.Offset}+{island.Data.Length}"));
}
