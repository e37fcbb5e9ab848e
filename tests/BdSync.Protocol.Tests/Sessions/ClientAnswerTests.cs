using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileServer;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Size, Hashes, Block and Checksum, as a client has to take them from anybody.</summary>
public class ClientAnswerTests
{
    private static readonly BdSyncClientOptions Remote = Options with { RemoteData = true };

    private static readonly ScriptStep BothBlocks = ScriptStep.On(GetBlock, RawMessage.Block(0, Device));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_negative_size_is_refused(long size) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "negative", ScriptStep.Send(RawMessage.Hello(), RawMessage.Size(size)));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public Task A_size_of_too_few_bytes_is_refused(int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too short", ScriptStep.Send(RawMessage.Hello(), RawMessage.Create(3, new byte[length])));

    [Fact]
    public Task A_size_of_too_many_bytes_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "1 bytes too many", ScriptStep.Send(RawMessage.Hello(), RawMessage.Create(3, new byte[9])));

    [Theory]
    [InlineData(9, false)]
    [InlineData(long.MaxValue, true)]
    public Task Another_size_is_refused_where_the_policy_is_strict(long size, bool remoteData) => RefusesAsync(
        Options with { RemoteData = remoteData }, BdSyncExitStatus.SizeMismatch, $"Different sizes local=8 remote={size}", ScriptStep.Send(RawMessage.Hello(), RawMessage.Size(size)), ScriptStep.On(DevFile));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_largest_size_there_is_needs_no_more_memory(bool remoteData) => RefusesAsync(
        Options with { RemoteData = remoteData, SizePolicy = SizePolicy.Resize, BlockSize = 4096, Checksum = "md5" },
        BdSyncExitStatus.Read,
        "Hashes message was due",
        ScriptStep.Send(RawMessage.Hello(), RawMessage.Size(long.MaxValue)),
        ScriptStep.On(GetHashes));

    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(-1, 4, 2)]
    [InlineData(0, 8, 2)]
    [InlineData(0, 0, 2)]
    [InlineData(0, 4, 1)]
    [InlineData(0, 4, 3)]
    [InlineData(0, 4, 0)]
    [InlineData(0, 4, -2)]
    [InlineData(0, 4, long.MaxValue)]
    public Task Hashes_for_another_range_are_refused(long start, long step, long count) => RefusesAsync(
        BdSyncExitStatus.Protocol, "asked for were 2 of 4 from 0", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(start, step, count, new byte[32])));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    public Task Too_few_digests_are_refused(int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too short", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 4, 2, new byte[length])));

    [Theory]
    [InlineData(33)]
    [InlineData(48)]
    public Task Too_many_digests_are_refused(int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too many", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 4, 2, new byte[length])));

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(23)]
    public Task Hashes_without_its_numbers_is_refused(int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too short", Opening, ScriptStep.On(GetHashes, RawMessage.Create(6, new byte[length])));

    [Fact]
    public Task A_hint_answered_with_digests_is_refused() => RefusesAsync(
        Options with { FlushCache = true }, BdSyncExitStatus.Protocol, "too many", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 0, 0, new byte[16])));

    [Fact]
    public Task A_hint_answered_with_other_numbers_is_refused() => RefusesAsync(
        Options with { FlushCache = true }, BdSyncExitStatus.Protocol, "asked for were 0 of 0 from 0", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 1, 0)));

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task A_block_of_another_position_is_refused(long position) => RefusesAsync(
        Remote, BdSyncExitStatus.Protocol, "asked for were 8 from 0", Opening, AllDiffers, ScriptStep.On(GetBlock, RawMessage.Block(position, new byte[8])));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(131063)]
    public Task A_block_of_another_length_is_refused(int length) => RefusesAsync(
        Remote, BdSyncExitStatus.Protocol, "asked for were 8 from 0", Opening, AllDiffers, ScriptStep.On(GetBlock, RawMessage.Block(0, new byte[length])));

    [Fact]
    public Task A_block_without_a_position_is_refused() => RefusesAsync(
        Remote, BdSyncExitStatus.Protocol, "too short", Opening, AllDiffers, ScriptStep.On(GetBlock, RawMessage.Create(9, new byte[7])));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(131071)]
    public Task A_checksum_of_another_length_is_refused(int length) => RefusesAsync(
        Remote with { Checksum = "md5" },
        BdSyncExitStatus.Protocol,
        "the digest has 16",
        Opening,
        AllDiffers,
        BothBlocks,
        ScriptStep.On(GetChecksum, RawMessage.Checksum(new byte[length])));

    [Fact]
    public async Task Good_answers_make_a_good_patch()
    {
        var options = Remote with { Checksum = "md5" };
        var digest = ReferenceDigest.Md5([9, 9, 9, 9, 9, 9, 9, 9]);
        var patch = await AcceptsAsync(
            options,
            Opening,
            AllDiffers,
            ScriptStep.On(GetBlock, RawMessage.Block(0, 9, 9, 9, 9, 9, 9, 9, 9)),
            ScriptStep.On(GetChecksum, RawMessage.Checksum(digest)),
            ScriptStep.On(Done, RawMessage.Done()));
        Assert.Equal(new RawPatch(8, "local").Record(0, 9, 9, 9, 9).Record(4, 9, 9, 9, 9).End("md5", digest), patch);
    }
}
