using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>The built-in ssh against a real sshd: the patches are those of any other connection, whoever serves, over one channel or several.</summary>
public class SshPairingTests(SshHost host) : IClassFixture<SshHost>
{
    private const string Source = "source.img";
    private const string Target = "target.img";

    private static readonly int[] ChannelCounts = [1, 3];

    private static readonly Scenario[] Scenarios =
    [
        new(),
        new() { Devices = "equal" },
        new() { Devices = "different" },
        new() { Devices = "empty" },
        new() { Devices = "byte", Checksum = "sha1" },
        new() { Devices = "large", Checksum = "md5" },
        new() { Devices = "large", RemoteData = true },
        new() { Devices = "sparse", ClientZeroBlocks = true, ServerZeroBlocks = true },
        new() { Devices = "coarse", TwoPass = true },
        new() { Devices = "coarse", TwoPass = true, RemoteData = true, FlushCache = true },
        new() { BlockSize = 512, Hash = "sha512" },
        new() { BlockSize = 1_000_000, Hash = "sha1", Checksum = "sha256" },
        new() { Devices = "longer", DiffSize = "=resize,warn" },
        new() { Devices = "shorter", DiffSize = "=minsize", RemoteData = true },
        new() { Devices = "longer" },
        new() { RemoteData = true, Checksum = "sha256" },
    ];

    public static TheoryData<int, Implementation, int> Cases
    {
        get
        {
            var data = new TheoryData<int, Implementation, int>();
            for (var index = 0; index < Scenarios.Length; index++)
            {
                foreach (var (server, channels) in Enum.GetValues<Implementation>().SelectMany(server => ChannelCounts.Select(channels => (server, channels))))
                {
                    // A checksum over the remote device needs one server that reads all of it.
                    if (channels == 1 || Scenarios[index] is not { RemoteData: true, Checksum: not null })
                    {
                        data.Add(new TheoryDataRow<int, Implementation, int>(index, server, channels) { Label = $"{server} server, {channels} channels: {Scenarios[index]}" });
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_patch_is_the_one_of_any_other_connection(int index, Implementation server, int channels)
    {
        var scenario = Scenarios[index];
        var devices = DevicePair.Get(scenario.Devices);
        var program = Tool.Require(server);
        using var folder = new WorkFolder();
        folder.Write(Source, devices.Source);
        folder.Write(Target, devices.Target);
        var (local, remote) = scenario.RemoteData ? (Target, folder[Source]) : (Source, folder[Target]);
        string[] options = [.. scenario.ClientArguments, $"--channels={channels}", $"--ssh-config={host.Configuration}", $"--remote-bdsync={string.Join(' ', [program, .. scenario.ServerArguments])}"];

        var result = await folder.RunAsync(Tool.Ours, [.. options, SshHost.Address, local, remote]);

        var sizesDiffer = devices.Source.Length != devices.Target.Length;
        if (sizesDiffer && scenario.Policy == "strict")
        {
            result.ShouldExitWith(3);
            Assert.Empty(result.Output);
            return;
        }

        result.ShouldExitWith(0);
        Assert.Equal(new ExpectedPatch(scenario, devices).ToBytes(scenario.RemoteData ? Target : folder[Target]), result.Output.AsSpan());
    }

    [Fact]
    public async Task The_program_on_the_other_side_is_called_bdsync()
    {
        using var folder = new WorkFolder();
        folder.Write(Source, [1, 2, 3]);
        folder.Write(Target, [1, 2, 4]);

        var result = await folder.RunAsync(Tool.Ours, [$"--ssh-config={host.Configuration}", SshHost.Address, Source, folder[Target]]);

        Assert.Empty(result.ShouldExitWith(0).Errors);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(0);
        Assert.Equal([1, 2, 3], folder.Read(Target));
    }

    [Fact]
    public async Task More_channels_than_a_connection_may_have_get_further_connections()
    {
        var devices = DevicePair.Get("large");
        using var folder = new WorkFolder();
        folder.Write(Source, devices.Source);
        folder.Write(Target, devices.Target);

        var result = await folder.RunAsync(Tool.Ours, ["--channels=13", "--hash=md5", $"--ssh-config={host.Configuration}", SshHost.Address, Source, folder[Target]]);

        result.ShouldExitWith(0);
        Assert.Equal(new ExpectedPatch(new(), devices).ToBytes(folder[Target]), result.Output.AsSpan());
    }
}
