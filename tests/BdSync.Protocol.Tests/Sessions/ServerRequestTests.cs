using System.Security.Cryptography;
using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileClient;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>GetHashes, GetBlock and GetChecksum, as a server has to take them from anybody.</summary>
public class ServerRequestTests
{
    private const int MaxStep = int.MaxValue;

    // 131072 less the token's and the numbers' bytes, by the size of a digest.
    private const int MaxMd5Count = 8190;
    private const int MaxSha512Count = 2047;
    private const int MaxBlockLength = 131063;
    private const long MaxChecksumPadding = 64L * 1024 * 1024 * 1024;

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_negative_count_is_refused(long count) => RefusesHashesAsync(0, 10, count);

    [Theory]
    [InlineData(MaxMd5Count + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue + 2L)]
    [InlineData(long.MaxValue)]
    public Task A_count_over_the_cap_is_refused(long count) => RefusesHashesAsync(0, 1, count);

    [Fact]
    public Task A_count_over_the_cap_of_a_larger_digest_is_refused() => RefusesAsync(
        BdSyncExitStatus.Protocol, $"1 to {MaxSha512Count}", Opening, RawMessage.Digests("sha512"), RawMessage.GetHashes(0, 1, MaxSha512Count + 1));

    [Fact]
    public Task A_count_at_the_cap_is_answered()
    {
        var blocks = Enumerable.Range(0, MaxMd5Count).Select(index => new[] { index < Device.Length ? Device[index] : (byte)0 });
        return AcceptsAsync(RawMessage.Hashes(0, 1, MaxMd5Count, [.. blocks.SelectMany(Md5)]), OpeningWithDigests, RawMessage.GetHashes(0, 1, MaxMd5Count));
    }

    [Fact]
    public Task A_count_whose_product_with_the_step_overflows_is_refused() => RefusesHashesAsync(0, long.MaxValue, 2);

    [Theory]
    [InlineData(long.MaxValue, 1, 1)]
    [InlineData(long.MaxValue - 99, 100, 1)]
    [InlineData(long.MaxValue - 100, 50, 3)]
    [InlineData(long.MaxValue - 1, MaxStep, MaxMd5Count)]
    public Task An_end_beyond_63_bits_is_refused(long start, long step, long count) => RefusesHashesAsync(start, step, count);

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_negative_start_is_refused(long start) => RefusesHashesAsync(start, 10, 1);

    [Fact]
    public Task A_step_of_0_is_refused() => RefusesHashesAsync(0, 0, 1);

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_negative_step_is_refused(long step) => RefusesHashesAsync(0, step, 1);

    [Theory]
    [InlineData(MaxStep + 1L)]
    [InlineData(uint.MaxValue + 11L)]
    [InlineData(long.MaxValue)]
    public Task A_step_over_the_cap_is_refused(long step) => RefusesHashesAsync(0, step, 1);

    [Fact]
    public async Task A_step_at_the_cap_is_taken()
    {
        // Taken means read: it is the device's fault that shows, without two gigabytes of hashing.
        using var device = new MemoryDevice(Device) { FailingReadOffset = 0 };
        var input = RawMessage.Join(OpeningWithDigests, RawMessage.GetHashes(0, MaxStep, 1));
        var (_, error) = await TestSession.RunServerAsync(new() { OpenDevice = _ => device }, input, TestContext.Current.CancellationToken);
        Assert.IsType<DeviceException>(error);
        Assert.Equal(BdSyncExitStatus.Read, SessionResult.GetStatus(error));
    }

    [Fact]
    public Task A_start_past_the_end_is_answered_for_zeros() => AcceptsAsync(
        RawMessage.Hashes(1000, 10, 2, [.. Md5(new byte[10]), .. Md5(new byte[10])]), OpeningWithDigests, RawMessage.GetHashes(1000, 10, 2));

    [Fact]
    public Task The_last_start_there_is_is_answered_for_zeros() => AcceptsAsync(
        RawMessage.Hashes(long.MaxValue - 10, 10, 1, Md5(new byte[10])), OpeningWithDigests, RawMessage.GetHashes(long.MaxValue - 10, 10, 1));

    [Fact]
    public Task A_block_that_passes_the_end_is_padded_with_zeros() => AcceptsAsync(
        RawMessage.Hashes(95, 10, 1, Md5([.. Device[95..], 0, 0, 0, 0, 0])), OpeningWithDigests, RawMessage.GetHashes(95, 10, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(MaxBlockLength + 1)]
    [InlineData(uint.MaxValue + 2L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public Task GetBlock_of_a_length_beyond_its_bounds_is_refused(long length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"block of {length} bytes", Opening, RawMessage.GetBlock(0, length));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(long.MinValue, 1)]
    [InlineData(100, 1)]
    [InlineData(99, 2)]
    [InlineData(0, 101)]
    [InlineData(0, MaxBlockLength)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MaxValue, MaxBlockLength)]
    public Task GetBlock_outside_the_device_is_refused(long position, long length) =>
        RefusesAsync(BdSyncExitStatus.Transmission, "the device has 100", Opening, RawMessage.GetBlock(position, length));

    [Theory]
    [InlineData(0, 100)]
    [InlineData(99, 1)]
    public Task GetBlock_up_to_the_end_is_answered(int position, int length) =>
        AcceptsAsync(RawMessage.Block(position, Device.AsSpan(position, length)), Opening, RawMessage.GetBlock(position, length));

    [Fact]
    public async Task GetBlock_of_the_largest_length_is_answered()
    {
        var device = RandomNumberGenerator.GetBytes(MaxBlockLength + 10);
        var input = RawMessage.Join(Opening, RawMessage.GetBlock(10, MaxBlockLength), RawMessage.Done());
        var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(device), input, TestContext.Current.CancellationToken);
        Assert.Null(error);
        Assert.Equal(RawMessage.Block(10, device.AsSpan(10)), RawMessage.Split(answer)[2]);
    }

    [Fact]
    public Task A_checksum_far_behind_the_end_is_refused() => RefusesAsync(
        BdSyncExitStatus.Checksum, $"more than {MaxChecksumPadding}", OpeningWithChecksum, RawMessage.GetHashes(MaxChecksumPadding + 91, 10, 1));

    [Fact]
    public Task A_checksum_that_steps_far_behind_the_end_is_refused() => RefusesAsync(
        BdSyncExitStatus.Checksum, $"more than {MaxChecksumPadding}", OpeningWithChecksum, RawMessage.GetHashes(0, MaxStep, 33));

    [Fact]
    public Task A_checksum_that_was_not_asked_for_is_empty() => AcceptsAsync(RawMessage.Checksum(), OpeningWithDigests, RawMessage.GetChecksum());

    [Fact]
    public Task A_checksum_covers_what_was_skipped_and_the_padding() => AcceptsAsync(
        RawMessage.Checksum(Md5([.. Device, .. new byte[20]])), OpeningWithChecksum, RawMessage.GetHashes(90, 10, 3), RawMessage.GetChecksum());

    [Fact]
    public Task A_checksum_does_not_go_back() => AcceptsAsync(
        RawMessage.Checksum(Md5(Device[..60])), OpeningWithChecksum, RawMessage.GetHashes(0, 10, 5), RawMessage.GetHashes(0, 20, 1), RawMessage.GetHashes(40, 20, 1), RawMessage.GetChecksum());

    [Fact]
    public Task A_checksum_is_given_once() => AcceptsAsync(
        RawMessage.Checksum(), OpeningWithChecksum, RawMessage.GetHashes(0, 10, 10), RawMessage.GetChecksum(), RawMessage.GetChecksum());

    private static byte[] Md5(byte[] data) => ReferenceDigest.Md5(data);

    private static Task RefusesHashesAsync(long start, long step, long count) =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"asked for {count} hashes of {step} bytes from {start}", OpeningWithDigests, RawMessage.GetHashes(start, step, count));
}
