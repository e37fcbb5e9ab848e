using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Sessions.HostileClient;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Hello, DevFile and Digests, as a server has to take them from anybody.</summary>
public class ServerOpeningTests
{
    private const int MaxHelloLength = 1024;
    private const int MaxPathLength = 4095;
    private const int MaxNameLength = 127;

    [Theory]
    [InlineData("CLIENT 0.5")]
    [InlineData("CLIENT+more 0.5")]
    [InlineData("anything 0.5")]
    [InlineData(" 0.5")]
    public Task Hello_of_any_role_is_accepted(string hello) => AcceptsAsync(RawMessage.Size(100), RawMessage.Hello(hello), RawMessage.DevFile("device"));

    [Theory]
    [InlineData("CLIENT 0.4")]
    [InlineData("CLIENT 0.6")]
    [InlineData("CLIENT 0.50")]
    [InlineData("CLIENT 0.5\n")]
    [InlineData("CLIENT 0.5\0")]
    [InlineData("CLIENT  0.5")]
    [InlineData("CLIENT 0.5 0.5")]
    [InlineData("CLIENT ")]
    public Task Hello_of_another_version_is_refused(string hello) => RefusesAsync(BdSyncExitStatus.Protocol, "only 0.5 is known", RawMessage.Hello(hello));

    [Theory]
    [InlineData("CLIENT")]
    [InlineData("CLIENT0.5")]
    [InlineData("")]
    public Task Hello_without_a_version_is_refused(string hello) => RefusesAsync(BdSyncExitStatus.Protocol, "no protocol version", RawMessage.Hello(hello));

    [Fact]
    public Task Hello_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"at most {MaxHelloLength}", RawMessage.Hello(new string('x', MaxHelloLength - 3) + " 0.5"));

    [Fact]
    public Task Hello_at_the_cap_is_accepted() =>
        AcceptsAsync(RawMessage.Size(100), RawMessage.Hello(new string('x', MaxHelloLength - 4) + " 0.5"), RawMessage.DevFile("device"));

    [Fact]
    public Task A_path_of_0_bytes_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "at least 2", RawMessage.Hello(), RawMessage.DevFile(""));

    [Fact]
    public Task A_path_of_1_byte_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "at least 2", RawMessage.Hello(), RawMessage.DevFile("t"));

    [Fact]
    public Task A_path_of_2_bytes_is_accepted() => AcceptsAsync(RawMessage.Size(100), RawMessage.Hello(), RawMessage.DevFile("tt"));

    [Fact]
    public Task A_path_at_the_cap_is_accepted() =>
        AcceptsAsync(RawMessage.Size(100), RawMessage.Hello(), RawMessage.DevFile(new string('p', MaxPathLength)));

    [Fact]
    public Task A_path_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"at most {MaxPathLength}", RawMessage.Hello(), RawMessage.DevFile(new string('p', MaxPathLength + 1)));

    [Fact]
    public async Task A_path_with_a_NUL_opens_nothing()
    {
        var input = RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile("/dev/null\0more"));
        var (answer, error) = await TestSession.RunServerAsync(new(), input, TestContext.Current.CancellationToken);
        Assert.Equal(BdSyncExitStatus.Device, SessionResult.GetStatus(error));
        Assert.Equal(RawMessage.Hello("SERVER 0.5"), answer);
    }

    [Fact]
    public Task A_salt_of_127_bytes_is_accepted() => AcceptsAsync(null, Opening, RawMessage.Digests("md5", "", new byte[127]));

    [Fact]
    public Task A_salt_of_128_bytes_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "salt of 128", Opening, RawMessage.Digests("md5", "", new byte[128]));

    [Fact]
    public Task A_salt_of_255_bytes_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "salt of 255", Opening, RawMessage.Digests("md5", "", new byte[255]));

    [Fact]
    public Task A_salt_longer_than_its_message_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "too short", Opening, RawMessage.Create(4, [100, .. "md5\0\0"u8]));

    [Fact]
    public Task Digests_without_a_byte_is_refused() => RefusesAsync(BdSyncExitStatus.Protocol, "too short", Opening, RawMessage.Create(4));

    [Fact]
    public Task A_digest_name_without_an_end_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "no end", Opening, RawMessage.Create(4, [0, .. "md5"u8]));

    [Fact]
    public Task A_checksum_name_without_an_end_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "no end", Opening, RawMessage.Create(4, [0, .. "md5\0sha1"u8]));

    [Fact]
    public Task A_missing_checksum_name_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "no end", Opening, RawMessage.Create(4, [0, .. "md5\0"u8]));

    [Fact]
    public Task Bytes_behind_the_checksum_name_are_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, "1 bytes too many", Opening, RawMessage.Create(4, [0, .. "md5\0\0\0"u8]));

    [Fact]
    public Task A_digest_name_at_the_cap_is_read() =>
        RefusesAsync(BdSyncExitStatus.Digest, "not known", Opening, RawMessage.Digests(new string('d', MaxNameLength)));

    [Fact]
    public Task A_digest_name_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"at most {MaxNameLength}", Opening, RawMessage.Digests(new string('d', MaxNameLength + 1)));

    [Fact]
    public Task A_checksum_name_at_the_cap_is_read() =>
        RefusesAsync(BdSyncExitStatus.Checksum, "not known", Opening, RawMessage.Digests("md5", new string('d', MaxNameLength)));

    [Fact]
    public Task A_checksum_name_over_the_cap_is_refused() =>
        RefusesAsync(BdSyncExitStatus.Protocol, $"at most {MaxNameLength}", Opening, RawMessage.Digests("md5", new string('d', MaxNameLength + 1)));

    [Theory]
    [InlineData("md4")]
    [InlineData("MD4")]
    [InlineData("whirlpool")]
    [InlineData("md6")]
    [InlineData("")]
    public Task A_digest_that_can_not_be_relied_on_is_refused(string name) =>
        RefusesAsync(BdSyncExitStatus.Digest, "Use one of", Opening, RawMessage.Digests(name));

    [Theory]
    [InlineData("md4")]
    [InlineData("Whirlpool")]
    [InlineData("crc32")]
    public Task A_checksum_that_can_not_be_relied_on_is_refused(string name) =>
        RefusesAsync(BdSyncExitStatus.Checksum, "Use one of", Opening, RawMessage.Digests("md5", name));
}
