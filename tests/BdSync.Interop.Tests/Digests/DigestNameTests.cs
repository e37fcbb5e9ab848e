using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;
using BdSync.Protocol.Hashing;

namespace BdSync.Interop.Tests.Digests;

/// <summary>Every name that this program takes means the same to the stock tool.</summary>
public class DigestNameTests
{
    private const string Source = "source.img";
    private const string Target = "target.img";

    public static TheoryData<string> Names =>
        [.. DigestAlgorithm.All.SelectMany(algorithm => algorithm.Names), .. DigestAlgorithm.All.Select(algorithm => algorithm.Name.ToUpperInvariant())];

    // The stock client and a stock server look names up alike, so what the stock client says to our server stands for both.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_name_is_taken_by_the_stock_tool_for_the_same_digest(string name)
    {
        var stock = Tool.Require(Implementation.Stock);
        var scenario = new Scenario { Devices = "odd", BlockSize = 65536, Hash = name, Checksum = name, RemoteData = true };
        var devices = DevicePair.Get(scenario.Devices);
        using var folder = new WorkFolder();
        folder.Write(Source, devices.Source);
        folder.Write(Target, devices.Target);

        var result = await folder.RunAsync(stock, [.. scenario.ClientArguments, Tool.ServerCommand(Implementation.Ours), Target, Source]);

        result.ShouldExitWith(0);
        Assert.Equal(new ExpectedPatch(scenario, devices).ToBytes(Target), result.Output.AsSpan());
    }
}
