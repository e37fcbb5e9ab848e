using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileClient;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Lengths, tokens and the order of messages, as a server has to take them from anybody.</summary>
public class ServerFramingTests
{
    private const int MaxMessageLength = 131072;

    public static TheoryData<byte> ForeignTokens => [0, 3, 6, 9, 11, 12, 255];

    [Fact]
    public Task A_length_of_0_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "0 bytes", [0, 0, 0, 0, 1]);

    [Fact]
    public Task A_length_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "131073", RawMessage.WithLength(MaxMessageLength + 1, 1));

    [Fact]
    public Task The_largest_length_there_is_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "4294967295", RawMessage.WithLength(uint.MaxValue, 1));

    [Fact]
    public Task A_length_at_the_cap_is_read_to_its_end() =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"{MaxMessageLength - 1 - 16} bytes too many", Opening, RawMessage.Create(8, new byte[MaxMessageLength - 1]));

    [Fact]
    public Task A_length_that_is_not_kept_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "within a message", Opening, RawMessage.WithLength(1000, 5, 1, 2, 3));

    [Fact]
    public Task A_stream_that_ends_within_a_length_is_refused() => RefusesAsync(BdSyncExitStatus.Read, "within a message", Opening, [1, 0]);

    [Fact]
    public Task A_stream_that_ends_at_once_is_refused() => RefusesAsync(BdSyncExitStatus.Read, "Done", []);

    [Fact]
    public Task A_stream_that_ends_without_Done_is_refused() => RefusesAsync(BdSyncExitStatus.Read, "Done", OpeningWithDigests);

    [Theory]
    [MemberData(nameof(ForeignTokens))]
    public Task A_token_that_no_client_sends_is_refused(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"type {token}", Opening, RawMessage.Create(token, new byte[8]));

    [Theory]
    [MemberData(nameof(ForeignTokens))]
    public Task A_token_that_no_client_sends_is_refused_as_first_message(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"type {token}", RawMessage.Create(token, new byte[8]));

    [Fact]
    public Task DevFile_before_Hello_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Hello was due", RawMessage.DevFile("device"));

    [Fact]
    public Task A_second_Hello_instead_of_DevFile_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "DevFile was due", RawMessage.Hello(), RawMessage.Hello());

    [Fact]
    public Task Digests_before_DevFile_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "DevFile was due", RawMessage.Hello(), RawMessage.Digests());

    [Fact]
    public Task Done_before_DevFile_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "DevFile was due", RawMessage.Hello(), RawMessage.Done());

    [Fact]
    public Task Done_before_Hello_is_refused() => RefusesAsync(BdSyncExitStatus.Protocol, "Hello was due", RawMessage.Done());

    [Fact]
    public Task A_second_DevFile_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "second DevFile", OpeningWithDigests, RawMessage.DevFile("other"));

    [Fact]
    public Task A_second_Hello_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "second Hello", OpeningWithDigests, RawMessage.Hello());

    [Fact]
    public Task GetHashes_before_Digests_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "before it sent a Digests", Opening, RawMessage.GetHashes(0, 10, 1));

    [Fact]
    public Task GetChecksum_before_Digests_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "before it sent a Digests", Opening, RawMessage.GetChecksum());

    [Fact]
    public Task GetBlock_needs_no_Digests() =>
        AcceptsAsync(RawMessage.Block(10, Device.AsSpan(10, 5)), Opening, RawMessage.GetBlock(10, 5));

    [Fact]
    public Task Done_right_after_DevFile_is_accepted() => AcceptsAsync(RawMessage.Size(100), Opening);

    [Fact]
    public async Task What_follows_Done_is_left_alone()
    {
        var input = RawMessage.Join(Opening, RawMessage.Done(), [0, 0, 0, 0, 77]);
        var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(Device), input, TestContext.Current.CancellationToken);
        Assert.Null(error);
        Assert.Equal(3, RawMessage.Split(answer).Count);
    }

    [Fact]
    public async Task What_was_asked_for_before_a_fault_is_still_answered()
    {
        var input = RawMessage.Join(Opening, RawMessage.GetBlock(0, 1), RawMessage.GetBlock(1, 1), RawMessage.Create(200));
        var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(Device), input, TestContext.Current.CancellationToken);
        Assert.Equal(BdSyncExitStatus.Protocol, SessionResult.GetStatus(error));
        Assert.Equal([RawMessage.Block(0, Device[0]), RawMessage.Block(1, Device[1])], RawMessage.Split(answer).Skip(2));
    }
}
