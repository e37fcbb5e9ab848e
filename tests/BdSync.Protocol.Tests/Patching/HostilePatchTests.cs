using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Patching.HostilePatch;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Patches that must be refused, whatever device they were made for.</summary>
public class HostilePatchTests
{
    [Theory]
    [InlineData("BDSYNX 0.3\n")]
    [InlineData("bdsync 0.3\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0")]
    public Task Another_signature_is_refused(string signature) => IsRefusedAsync(new RawPatch(16, "target", signature).End(), "not a bdsync patch");

    [Theory]
    [InlineData("BDSYNC 0.2\n")]
    [InlineData("BDSYNC 0.4\n")]
    [InlineData("BDSYNC 0.3\r")]
    [InlineData("BDSYNC 0.31")]
    public Task Another_version_is_refused(string signature) => IsRefusedAsync(new RawPatch(16, "target", signature).End(), "version");

    [Fact]
    public Task Nothing_at_all_is_refused() => IsRefusedAsync([], "truncated");

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_negative_size_is_refused(long size) => IsRefusedAsync(new RawPatch(size).End(), "negative");

    [Fact]
    public Task A_name_over_the_cap_is_refused() => IsRefusedAsync(new RawPatch(16, new byte[16385]).End(), "at most 16384");

    [Fact]
    public Task The_longest_name_there_is_is_refused() => IsRefusedAsync(new RawPatch(16, new byte[65535]).End(), "at most 16384");

    [Fact]
    public Task A_name_at_the_cap_is_accepted() => IsAppliedAsync(new RawPatch(16, new string('n', 16384)).End(), Target);

    [Theory]
    [InlineData(-1)]
    [InlineData(-16)]
    [InlineData(long.MinValue)]
    public Task A_record_before_the_device_is_refused(long position) =>
        IsRefusedAsync(new RawPatch(16).Record(0, 1, 2).Record(position, 3).End(), $"offset {position} of a device that has 16", written: 2);

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(long.MaxValue)]
    public Task A_record_past_the_end_is_refused(long position) =>
        IsRefusedAsync(new RawPatch(16).Record(0, 1, 2).Record(position, 3).End(), $"offset {position} of a device that has 16", written: 2);

    [Fact]
    public Task A_record_that_reaches_past_the_end_is_refused() => IsRefusedAsync(new RawPatch(16).Record(15, 3, 4).End(), "for 2 bytes at offset 15");

    [Fact]
    public Task A_record_longer_than_the_device_is_refused() =>
        IsRefusedAsync(new RawPatch(16).Record(0, new byte[65535]).End(), "for 65535 bytes at offset 0");

    [Fact]
    public Task A_record_on_an_empty_device_is_refused() =>
        IsRefusedAsync(new RawPatch(0).Record(0, 1).End(), "for 1 bytes at offset 0", policy: SizePolicy.MinSize);

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public Task A_record_of_length_0_outside_the_device_is_refused(long position) =>
        IsRefusedAsync(new RawPatch(16).Record(position).End(), $"for 0 bytes at offset {position}");

    [Fact]
    public Task A_header_that_promises_the_largest_device_there_is_is_refused_by_one_that_can_not_grow() =>
        IsSizeMismatchAsync(new RawPatch(long.MaxValue).End(), SizePolicy.Resize);

    [Fact]
    public Task Another_size_is_refused_where_the_policy_is_strict() => IsSizeMismatchAsync(new RawPatch(17).End(), SizePolicy.Strict);

    private static async Task IsSizeMismatchAsync(byte[] patch, SizePolicy policy)
    {
        foreach (var stream in new Stream[] { new MemoryStream(patch), new ForwardOnlyStream(patch) })
        {
            var (error, content) = await ApplyAsync(stream, policy);
            Assert.IsType<SizeMismatchException>(error);
            Assert.Equal(Target, content);
        }
    }
}
