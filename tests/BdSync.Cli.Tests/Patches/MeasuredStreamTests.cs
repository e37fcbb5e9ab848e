using System.Security.Cryptography;
using BdSync.Cli.Patches;

namespace BdSync.Cli.Tests.Patches;

public class MeasuredStreamTests
{
    [Fact]
    public async Task It_counts_and_hashes_what_goes_through()
    {
        var data = new byte[200_000];
        new Random(2).NextBytes(data);
        using var output = new MemoryStream();
        using var stream = new MeasuredStream(output);
        Assert.Equal(SHA256.HashData([]), stream.GetSha256());
        for (var offset = 0; offset < data.Length; offset += 30_000)
        {
            await stream.WriteAsync(data.AsMemory(offset, Math.Min(30_000, data.Length - offset)), TestContext.Current.CancellationToken);
            Assert.Equal(output.Length, stream.BytesWritten);
            Assert.Equal(SHA256.HashData(output.ToArray()), stream.GetSha256());
        }

        Assert.Equal(data, output.ToArray());
    }

    [Fact]
    public async Task What_can_not_be_written_does_not_count()
    {
        using var stream = new MeasuredStream(new MemoryStream(new byte[4], writable: false));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal(0, stream.BytesWritten);
    }
}
