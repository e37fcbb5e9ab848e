using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>What the stock tool does wrong and this project does not copy. Where one of these fails, the stock tool has been mended.</summary>
public class StockFaultTests
{
    private const string Source = "source.img";
    private const string Target = "target.img";

    public static TheoryData<string> Patchless => [.. Find(StockFaults.WritesPastTheEnd)];

    public static TheoryData<string> NotEmptied => [.. Find(StockFaults.CannotEmpty)];

    public static TheoryData<string> Overrun => [.. Find(StockFaults.WritesPastTheTarget)];

    [Theory]
    [MemberData(nameof(Patchless))]
    public async Task A_stock_client_resizing_to_less_with_large_blocks_makes_no_patch_that_either_patcher_takes(string name)
    {
        var scenario = ScenarioCatalog.Get(name);
        using var folder = Prepare(scenario);
        var stock = Tool.Require(Implementation.Stock);
        var (local, remote) = scenario.RemoteData ? (Target, Source) : (Source, Target);

        var result = await folder.RunAsync(stock, [.. scenario.ClientArguments, Tool.ServerCommand(Implementation.Stock), local, remote]);

        (await folder.RunAsync(stock, ["--patch", .. scenario.PatchArguments], result.Output)).ShouldExitWith(2);
        (await folder.RunAsync(Tool.Ours, ["--patch", .. scenario.PatchArguments], result.Output)).ShouldExitWith(2);
    }

    [Theory]
    [MemberData(nameof(NotEmptied))]
    public async Task A_stock_patcher_cannot_cut_a_file_to_nothing(string name)
    {
        var scenario = ScenarioCatalog.Get(name);
        using var folder = Prepare(scenario);
        var patch = new ExpectedPatch(scenario, DevicePair.Get(scenario.Devices)).ToBytes(Target);

        (await folder.RunAsync(Tool.Require(Implementation.Stock), ["--patch", .. scenario.PatchArguments], patch)).ShouldExitWith(3);
    }

    [Theory]
    [MemberData(nameof(Overrun))]
    public async Task A_stock_patcher_told_to_leave_out_what_is_too_much_extends_the_file(string name)
    {
        var scenario = ScenarioCatalog.Get(name);
        using var folder = Prepare(scenario);
        var devices = DevicePair.Get(scenario.Devices);
        var patch = new ExpectedPatch(scenario, devices).ToBytes(Target);

        (await folder.RunAsync(Tool.Require(Implementation.Stock), ["--patch", .. scenario.PatchArguments], patch)).ShouldExitWith(0);

        Assert.True(new FileInfo(folder[Target]).Length > devices.Target.Length);
    }

    private static WorkFolder Prepare(Scenario scenario)
    {
        var devices = DevicePair.Get(scenario.Devices);
        var folder = new WorkFolder();
        folder.Write(Source, devices.Source);
        folder.Write(Target, devices.Target);
        return folder;
    }

    private static IEnumerable<string> Find(Func<Scenario, DevicePair, bool> fault) =>
        ScenarioCatalog.Names.Where(name => ScenarioCatalog.Get(name) is var scenario && fault(scenario, DevicePair.Get(scenario.Devices)));
}
