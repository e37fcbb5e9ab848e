using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>
/// One suite, run against every pairing. A pairing with the stock tool in it skips where there is none; stock with stock shows
/// that the expectations themselves are right.
/// </summary>
public class PairingTests
{
    private const string Source = "source.img";
    private const string Target = "target.img";

    public static TheoryData<string, Implementation, Implementation> EveryPairing
    {
        get
        {
            var data = new TheoryData<string, Implementation, Implementation>();
            var implementations = Enum.GetValues<Implementation>();
            foreach (var (name, client, server) in ScenarioCatalog.Names.SelectMany(name => implementations.SelectMany(client => implementations.Select(server => (name, client, server)))))
            {
                var scenario = ScenarioCatalog.Get(name);
                if (client == Implementation.Ours || !StockFaults.WritesPastTheEnd(scenario, DevicePair.Get(scenario.Devices)))
                {
                    data.Add(new TheoryDataRow<string, Implementation, Implementation>(name, client, server) { Label = $"{client} client, {server} server: {name}" });
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryPairing))]
    public async Task Every_pairing_writes_the_same_patch_and_the_other_one_applies_it(string name, Implementation client, Implementation server)
    {
        var clientPath = Tool.Require(client);
        var serverCommand = Tool.ServerCommand(server, ScenarioCatalog.Get(name).ServerArguments);
        var scenario = ScenarioCatalog.Get(name);
        var devices = DevicePair.Get(scenario.Devices);
        using var folder = new WorkFolder();
        folder.Write(Source, devices.Source);
        folder.Write(Target, devices.Target);
        var (local, remote) = scenario.RemoteData ? (Target, Source) : (Source, Target);

        var result = await folder.RunAsync(clientPath, [.. scenario.ClientArguments, serverCommand, local, remote]);

        var warning = $"Different sizes local={new FileInfo(folder[local]).Length} remote={new FileInfo(folder[remote]).Length}";
        var sizesDiffer = devices.Source.Length != devices.Target.Length;
        if (sizesDiffer && scenario.Policy == "strict")
        {
            result.ShouldExitWith(3);
            Assert.Equal([warning], result.ErrorLines);
            Assert.Empty(result.Output);
            return;
        }

        result.ShouldExitWith(0);
        Assert.Equal(sizesDiffer && scenario.Warns ? [warning] : [], result.ErrorLines);
        var expected = new ExpectedPatch(scenario, devices);
        Assert.Equal(expected.ToBytes(Target), result.Output.AsSpan());
        await CheckApplyingAsync(folder, GetPatcher(client, server, scenario, devices), scenario, expected, result.Output, devices.Target);
    }

    private static async Task CheckApplyingAsync(
        WorkFolder folder, Implementation patcher, Scenario scenario, ExpectedPatch expected, byte[] patch, byte[] before)
    {
        var result = await folder.RunAsync(Tool.Require(patcher), ["--patch", .. scenario.PatchArguments], patch);

        var after = expected.Apply(scenario.PatchPolicy);
        result.ShouldExitWith(after is null ? 3 : 0);
        Assert.Equal(expected.GetPatchMessages(scenario), result.ErrorLines);
        Assert.Empty(result.Output);
        Assert.Equal(after ?? before, folder.Read(Target).AsSpan());
    }

    // The other one, as far as there are two and it can.
    private static Implementation GetPatcher(Implementation client, Implementation server, Scenario scenario, DevicePair devices)
    {
        var other = client == server ? client : client == Implementation.Ours ? Implementation.Stock : Implementation.Ours;
        return StockFaults.CannotEmpty(scenario, devices) || StockFaults.WritesPastTheTarget(scenario, devices) ? Implementation.Ours : other;
    }
}
