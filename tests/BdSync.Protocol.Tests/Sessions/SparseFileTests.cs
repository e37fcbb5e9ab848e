using BdSync.Protocol.Devices;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Sparse files, with the holes that the file system tells of.</summary>
public sealed class SparseFileTests : IDisposable
{
    private const int Length = 9_000_001;
    private static readonly byte[] Data = [.. Enumerable.Range(0, 70_000).Select(value => (byte)((value % 255) + 1))];
    private readonly TemporaryFolder folder = new(AppContext.BaseDirectory);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "1000000")]
    [InlineData("1000000", "")]
    [InlineData("0 3000000 8930001", "0 3000001 8930001")]
    [InlineData("4096 5000000", "300000 5000000")]
    [InlineData("", "")]
    public async Task Sparse_files_give_the_same_patch_as_full_ones(string local, string remote)
    {
        var (ours, theirs) = (Create("local", local), Create("remote", remote));
        var (ourBytes, theirBytes) = (File.ReadAllBytes(ours), File.ReadAllBytes(theirs));
        foreach (var options in new BdSyncClientOptions[] { new(), new() { Checksum = "md5", BlockSize = 1000 }, new() { RemoteData = true }, new() { RemoteData = true, Checksum = "md5", BlockSize = 100_000 }, new() { TwoPass = true, BlockSize = 512 } })
        {
            using var device = LocalDevice.Open(ours);
            var result = await TestSession.RunAsync(options, device, new(), theirs, cancellationToken: Cancellation);
            var expected = options.RemoteData ? ReferencePatch.Compute(options, theirBytes, ourBytes, ours) : ReferencePatch.Compute(options, ourBytes, theirBytes, theirs);
            Assert.Null(result.ClientError);
            Assert.Equal(expected, result.Patch.AsSpan());

            using var other = LocalDevice.Open(theirs);
            using var patch = new MemoryStream();
            await new BdSyncLocal(options).WritePatchAsync(device, other, patch, cancellationToken: Cancellation);
            Assert.Equal(expected, patch.ToArray().AsSpan());
        }
    }

    [Fact]
    public void The_file_system_tells_of_the_holes()
    {
        using var device = LocalDevice.Open(Create("local", "4000000"));
        var data = device.FindData(0);
        TestEnvironment.Require(data.Offset > 0, "This test needs a file system that knows holes.");
        Assert.InRange(data.Offset, 3_000_000, 4_000_000);
        Assert.InRange(data.End, 4_070_000, 5_000_000);
        Assert.Equal(new(Length, 0), device.FindData(data.End));
        Assert.True(device.IsHole(new(0, 3_000_000)));
        Assert.False(device.IsHole(new(0, 4_000_001)));
    }

    private string Create(string name, string islands)
    {
        var path = folder.GetPath(name);
        using var file = File.Create(path);
        file.SetLength(Length);
        foreach (var island in islands.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            file.Position = int.Parse(island, System.Globalization.CultureInfo.InvariantCulture);
            file.Write(Data);
        }

        return path;
    }
}
