using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileServer;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Lengths, tokens and the order of messages, as a client has to take them from anybody.</summary>
public class ClientFramingTests
{
    private const int MaxMessageLength = 131072;
    private const int MaxHelloLength = 1024;

    public static TheoryData<byte> ForeignTokens => [0, 2, 4, 5, 8, 10, 12, 255];

    // Size, Hashes, Done, Block, Checksum.
    public static TheoryData<byte> ServerTokens => [3, 6, 7, 9, 11];

    [Fact]
    public Task A_length_of_0_is_refused() => RefusesAsync(BdSyncExitStatus.Protocol, "0 bytes", ScriptStep.Send([0, 0, 0, 0, 1]));

    [Fact]
    public Task A_length_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "131073", Opening, ScriptStep.On(GetHashes, RawMessage.WithLength(MaxMessageLength + 1, 6)));

    [Fact]
    public Task The_largest_length_there_is_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "4294967295", ScriptStep.Send(RawMessage.WithLength(uint.MaxValue, 1)));

    [Fact]
    public Task A_length_at_the_cap_is_read_to_its_end() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too many", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 4, 2, new byte[MaxMessageLength - 25])));

    [Fact]
    public Task A_length_that_is_not_kept_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Read, "within a message", Opening, ScriptStep.On(GetHashes, RawMessage.WithLength(1000, 6, 1, 2)));

    [Fact]
    public Task A_server_that_ends_at_once_is_reported() => RefusesAsync(BdSyncExitStatus.Read, "Hello message was due", ScriptStep.Send());

    [Fact]
    public Task A_server_that_ends_after_Hello_may_lack_its_device() =>
        RefusesAsync(BdSyncExitStatus.Read, "unable to open its device", ScriptStep.Send(RawMessage.Hello("SERVER 0.5")));

    [Fact]
    public Task A_server_that_ends_before_Hashes_is_reported() =>
        RefusesAsync(BdSyncExitStatus.Read, "Hashes message was due", Opening, ScriptStep.On(GetHashes));

    [Fact]
    public Task A_server_that_ends_before_Done_is_reported() =>
        RefusesAsync(BdSyncExitStatus.Read, "Done message was due", Opening, AllDiffers, ScriptStep.On(Done));

    [Theory]
    [MemberData(nameof(ForeignTokens))]
    public Task A_token_that_no_server_sends_is_refused_as_first_message(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Hello was due", ScriptStep.Send(RawMessage.Create(token, new byte[8])));

    [Theory]
    [MemberData(nameof(ForeignTokens))]
    public Task A_token_that_no_server_sends_is_refused_later(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Hashes was due", Opening, ScriptStep.On(GetHashes, RawMessage.Create(token, new byte[24])));

    [Theory]
    [MemberData(nameof(ServerTokens))]
    public Task Another_message_instead_of_Hello_is_refused(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Hello was due", ScriptStep.Send(RawMessage.Create(token, new byte[8])));

    [Theory]
    [InlineData(1)]
    [MemberData(nameof(ServerTokens))]
    public Task Another_message_instead_of_Size_is_refused(byte token) =>
        token == 3
            ? RefusesAsync(BdSyncExitStatus.Protocol, "too many", ScriptStep.Send(RawMessage.Hello("SERVER 0.5"), RawMessage.Create(token, new byte[9])))
            : RefusesAsync(BdSyncExitStatus.Protocol, "Size was due", ScriptStep.Send(RawMessage.Hello("SERVER 0.5"), RawMessage.Create(token)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    public Task Another_message_instead_of_Hashes_is_refused(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Hashes was due", Opening, ScriptStep.On(GetHashes, RawMessage.Create(token, new byte[8])));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(11)]
    public Task Another_message_instead_of_Block_is_refused(byte token) => RefusesAsync(
        Options with { RemoteData = true }, BdSyncExitStatus.Protocol, "Block was due", Opening, AllDiffers, ScriptStep.On(GetBlock, RawMessage.Create(token, new byte[8])));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    public Task Another_message_instead_of_Checksum_is_refused(byte token) => RefusesAsync(
        Options with { RemoteData = true, Checksum = "md5" },
        BdSyncExitStatus.Protocol,
        "Checksum was due",
        Opening,
        AllDiffers,
        ScriptStep.On(GetBlock, RawMessage.Block(0, new byte[8])),
        ScriptStep.On(GetChecksum, RawMessage.Create(token, new byte[16])));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    public Task Another_message_instead_of_Done_is_refused(byte token) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "Done was due", Opening, AllDiffers, ScriptStep.On(Done, RawMessage.Create(token, new byte[8])));

    [Fact]
    public Task Done_with_a_payload_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too many", Opening, AllDiffers, ScriptStep.On(Done, RawMessage.Create(7, 0)));

    [Fact]
    public Task An_answer_that_comes_twice_is_refused() => RefusesAsync(
        BdSyncExitStatus.Protocol, "", Opening, ScriptStep.On(GetHashes, RawMessage.Hashes(0, 4, 2, new byte[32]), RawMessage.Hashes(0, 4, 2, new byte[32])), ScriptStep.On(Done, RawMessage.Done()));

    [Fact]
    public Task An_answer_before_its_request_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "", Opening, ScriptStep.Send(RawMessage.Hashes(0, 4, 3, new byte[48])), ScriptStep.On(DevFile));

    [Fact]
    public async Task What_follows_Done_is_left_alone()
    {
        var patch = await AcceptsAsync(Options, Opening, AllDiffers, ScriptStep.On(Done, RawMessage.Done(), [0, 0, 0, 0, 77]));
        Assert.Equal(ReferencePatch.Compute(Options, Device, new byte[8], "remote"), patch);
    }

    [Theory]
    [InlineData("CLIENT 0.5")]
    [InlineData("SERVER+more 0.5")]
    [InlineData(" 0.5")]
    public Task Hello_of_any_role_is_accepted(string hello) =>
        AcceptsAsync(Options, ScriptStep.Send(RawMessage.Hello(hello), RawMessage.Size(8)), AllDiffers, ScriptStep.On(Done, RawMessage.Done()));

    [Theory]
    [InlineData("SERVER 0.4")]
    [InlineData("SERVER 0.50")]
    [InlineData("SERVER 0.5\n")]
    [InlineData("SERVER  0.5")]
    public Task Hello_of_another_version_is_refused(string hello) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "only 0.5 is known", ScriptStep.Send(RawMessage.Hello(hello)));

    [Theory]
    [InlineData("SERVER")]
    [InlineData("")]
    public Task Hello_without_a_version_is_refused(string hello) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "no protocol version", ScriptStep.Send(RawMessage.Hello(hello)));

    [Fact]
    public Task Hello_over_the_cap_is_refused() => RefusesAsync(
        BdSyncExitStatus.Protocol, $"at most {MaxHelloLength}", ScriptStep.Send(RawMessage.Hello(new string('x', MaxHelloLength - 3) + " 0.5")));

    [Fact]
    public async Task A_login_message_in_front_of_Hello_is_refused()
    {
        // What a shell prints at login comes before the first message; its letters are taken for a length.
        await RefusesAsync(BdSyncExitStatus.Read, "announced a message", ScriptStep.Send("Welcome!\n"u8.ToArray()));
    }
}
