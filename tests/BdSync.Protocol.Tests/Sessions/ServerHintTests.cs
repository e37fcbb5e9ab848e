using System.Security.Cryptography;
using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileClient;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Hints, and digests that come again: advice must never harm.</summary>
public class ServerHintTests
{
    private const long FlushCache = 0;
    private const long RelPos = 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, FlushCache)]
    [InlineData(77, FlushCache)]
    [InlineData(50, RelPos)]
    [InlineData(-1, RelPos)]
    [InlineData(long.MaxValue, RelPos)]
    [InlineData(0, 2)]
    [InlineData(0, -1)]
    [InlineData(long.MinValue, long.MaxValue)]
    public Task Any_hint_is_answered_with_its_own_numbers(long start, long step) =>
        AcceptsAsync(RawMessage.Hashes(start, step, 0), OpeningWithDigests, RawMessage.GetHashes(start, step, 0));

    [Fact]
    public Task A_hint_needs_no_digests() => AcceptsAsync(RawMessage.Hashes(0, FlushCache, 0), Opening, RawMessage.GetHashes(0, FlushCache, 0));

    [Fact]
    public async Task Relpos_releases_what_lies_between_two_positions()
    {
        var dropped = await RunAsync(Hint(30, RelPos), Hint(50, RelPos), Hint(1000, RelPos));
        Assert.Equal([new(0, 30), new(30, 20), new(50, 50)], dropped);
    }

    [Fact]
    public async Task Relpos_that_goes_backwards_is_harmless()
    {
        var dropped = await RunAsync(Hint(50, RelPos), Hint(10, RelPos), Hint(60, RelPos), Hint(-5, RelPos));
        Assert.Equal([new(0, 50), new(10, 50)], dropped);
    }

    [Fact]
    public async Task An_unknown_hint_is_ignored() =>
        Assert.Empty(await RunAsync(Hint(50, 2), Hint(50, -1), RawMessage.GetHashes(0, 10, 10)));

    [Fact]
    public async Task Flushcache_drops_the_cache_behind_every_read_from_then_on()
    {
        var dropped = await RunAsync(RawMessage.GetBlock(5, 5), Hint(0, FlushCache), RawMessage.GetBlock(20, 10), RawMessage.GetHashes(0, 10, 3));
        Assert.Equal([new(20, 10), new(0, 30)], dropped);
    }

    [Fact]
    public async Task Digests_that_come_again_replace_digest_salt_and_checksum()
    {
        var salt = new byte[] { 1, 2, 3 };
        var input = RawMessage.Join(
            OpeningWithChecksum,
            RawMessage.GetHashes(0, 50, 1),
            RawMessage.Digests("sha256", "sha1", salt),
            RawMessage.GetHashes(0, 50, 2),
            RawMessage.GetChecksum(),
            RawMessage.Digests("md5"),
            RawMessage.GetHashes(50, 50, 1),
            RawMessage.GetChecksum(),
            RawMessage.Done());
        var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(Device), input, Cancellation);
        Assert.Null(error);
        Assert.Equal(
            [
                RawMessage.Hashes(0, 50, 1, ReferenceDigest.Md5(Device.AsSpan(0, 50))),
                RawMessage.Hashes(0, 50, 2, [.. SHA256.HashData([.. salt, .. Device[..50]]), .. SHA256.HashData([.. salt, .. Device[50..]])]),
                RawMessage.Checksum(ReferenceDigest.Sha1(Device)),
                RawMessage.Hashes(50, 50, 1, ReferenceDigest.Md5(Device.AsSpan(50))),
                RawMessage.Checksum(),
                RawMessage.Done(),
            ],
            RawMessage.Split(answer).Skip(2));
    }

    private static byte[] Hint(long start, long step) => RawMessage.GetHashes(start, step, 0);

    private static async Task<IReadOnlyList<Extent>> RunAsync(params byte[][] messages)
    {
        using var device = new MemoryDevice(Device);
        var input = RawMessage.Join([OpeningWithDigests, .. messages, RawMessage.Done()]);
        var (_, error) = await TestSession.RunServerAsync(new() { OpenDevice = _ => device }, input, Cancellation);
        Assert.Null(error);
        return device.GetDroppedExtents();
    }
}
