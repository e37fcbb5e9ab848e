using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileClient;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Payloads that are too short or too long for their fields.</summary>
public class ServerPayloadTests
{
    // Token and the length of the payload that belongs to it.
    public static TheoryData<byte, int> FixedPayloads => new() { { 5, 24 }, { 7, 0 }, { 8, 16 }, { 10, 0 } };

    [Theory]
    [MemberData(nameof(FixedPayloads))]
    public Task One_byte_too_many_is_refused(byte token, int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "1 bytes too many", OpeningWithDigests, RawMessage.Create(token, new byte[length + 1]));

    [Theory]
    [MemberData(nameof(FixedPayloads))]
    public Task A_full_message_too_many_is_refused(byte token, int length) =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too many", OpeningWithDigests, RawMessage.Create(token, new byte[Math.Max(131071, length)]));

    [Theory]
    [InlineData(5, 24)]
    [InlineData(8, 16)]
    public async Task Every_byte_too_few_is_refused(byte token, int length)
    {
        for (var shorter = 0; shorter < length; shorter++)
        {
            await RefusesAsync(BdSyncExitStatus.Protocol, "too short", OpeningWithDigests, RawMessage.Create(token, new byte[shorter]));
        }
    }
}
