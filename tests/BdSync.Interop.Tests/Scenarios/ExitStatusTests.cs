using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>What scripts rely on where things fail: both programs end with the same status.</summary>
public class ExitStatusTests
{
    private const string Server = "SERVER";

    private static readonly Dictionary<string, (int Status, string[] Arguments)> Clients = new()
    {
        ["the remote device is missing"] = (6, [Server, "device.img", "missing.img"]),
        ["the local device is missing"] = (12, [Server, "missing.img", "device.img"]),
        ["the hash is unknown"] = (1, ["--hash=nonsense", Server, "device.img", "device.img"]),
        ["the checksum is unknown"] = (5, ["--checksum=nonsense", Server, "device.img", "device.img"]),
        ["the block size is no number"] = (1, ["--blocksize=many", Server, "device.img", "device.img"]),
        ["an argument is missing"] = (1, [Server, "device.img"]),
        ["an argument is too much"] = (1, [Server, "device.img", "device.img", "device.img"]),
        ["an option is unknown"] = (1, ["--nonsense", Server, "device.img", "device.img"]),
        ["an abbreviation fits several options"] = (1, ["--h=md5", Server, "device.img", "device.img"]),
        ["it is to be server and patcher"] = (1, ["--server", "--patch"]),
        ["a server is to use a hash"] = (1, ["--server", "--hash=md5"]),
        ["a patcher is to look for zeros"] = (1, ["--patch", "--zeroblocks"]),
        ["a client is to warn of devices"] = (1, ["--warndev", Server, "device.img", "device.img"]),
        ["the policy is unknown"] = (1, ["--diffsize=nonsense", Server, "device.img", "device.img"]),
    };

    private static readonly Dictionary<string, (int Status, byte[] Patch)> Patches = new()
    {
        ["nothing"] = (2, []),
        ["another file"] = (2, new byte[100]),
        ["another version"] = (2, new RawPatch(1000, "device.img", "BDSYNC 0.9\n").End()),
        ["a cut header"] = (2, new RawPatch(1000, "device.img").ToArray()[..15]),
        ["no end"] = (2, new RawPatch(1000, "device.img").Record(0, 1).ToArray()),
        ["a cut record"] = (2, new RawPatch(1000, "device.img").Record(0, 1, 2, 3).ToArray()[..^1]),
        ["a record past the end"] = (2, new RawPatch(1000, "device.img").Record(999, 1, 2).End()),
        ["a device that is missing"] = (12, new RawPatch(1000, "missing.img").End()),
        ["a device of another size"] = (3, new RawPatch(999, "device.img").End()),
        ["a name that is too long"] = (2, new RawPatch(1000, new string('n', 16385)).End()),
    };

    public static TheoryData<string, Implementation> ClientCases => Combine(Clients.Keys);

    public static TheoryData<string, Implementation> PatchCases => Combine(Patches.Keys);

    [Theory]
    [MemberData(nameof(ClientCases))]
    public async Task A_client_ends_with_the_same_status_if(string what, Implementation implementation)
    {
        var program = Tool.Require(implementation);
        using var folder = new WorkFolder();
        folder.Write("device.img", new byte[1000]);
        var (status, arguments) = Clients[what];

        var result = await folder.RunAsync(program, arguments.Select(word => word == Server ? Tool.ServerCommand(implementation) : word));

        result.ShouldExitWith(status);
        Assert.NotEmpty(result.Errors);
    }

    [Theory]
    [MemberData(nameof(PatchCases))]
    public async Task A_patcher_ends_with_the_same_status_for(string what, Implementation implementation)
    {
        var program = Tool.Require(implementation);
        using var folder = new WorkFolder();
        folder.Write("device.img", new byte[1000]);
        var (status, patch) = Patches[what];

        var result = await folder.RunAsync(program, ["--patch"], patch);

        result.ShouldExitWith(status);
        Assert.NotEmpty(result.Errors);
    }

    private static TheoryData<string, Implementation> Combine(IEnumerable<string> names) =>
        [.. names.SelectMany(name => Enum.GetValues<Implementation>().Select(implementation => new TheoryDataRow<string, Implementation>(name, implementation)))];
}
