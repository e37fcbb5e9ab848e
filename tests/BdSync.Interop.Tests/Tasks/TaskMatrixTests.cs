using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Whole runs over every kind of connection, with what else a task can be: each two of these together.</summary>
public sealed class TaskMatrixTests(SshHost host) : IClassFixture<SshHost>, IDisposable
{
    private const string Local = "local";

    private static readonly string[] Connections = [Local, "ssh command", "ssh address", "executed words"];
    private static readonly string[] Compressions = ["none", "gzip", "zstd"];
    private static readonly string[] Transfers = ["stored", "in place"];
    private static readonly string[] Directions = ["push", "pull"];

    private readonly TaskFolder folder = new();

    public static TheoryData<string, string, string, string, string> Cases
    {
        get
        {
            var all =
                from connection in Connections
                from transfer in Transfers
                from compression in Compressions
                from remote in Enum.GetNames<Implementation>()
                from direction in Directions
                where connection != Local || (remote == nameof(Implementation.Ours) && direction == "push")
                select new[] { connection, transfer, compression, remote, direction };
            var data = new TheoryData<string, string, string, string, string>();
            foreach (var values in PairwiseCases.Select([.. all]))
            {
                data.Add(values[0], values[1], values[2], values[3], values[4]);
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_kind_of_run_makes_the_target_equal_and_says_nothing(string connection, string transfer, string compression, string remote, string direction)
    {
        folder.Configure([
            .. connection switch
            {
                "ssh command" => [$"connection_command = ssh -F {host.Configuration} {SshHost.Name}"],
                "ssh address" => [$"connection = {SshHost.Address}", $"bdsync_args = --ssh-config={host.Configuration}"],
                "executed words" => ["connection_command = env LC_ALL=C"],
                _ => Array.Empty<string>(),
            },
            .. connection == Local ? Array.Empty<string>() : [$"remote_bdsync_bin = {Tool.Require(Enum.Parse<Implementation>(remote))}"],
            $"apply_patch_in_place = {(transfer == "in place" ? "yes" : "no")}", $"patch_compression = {compression}", $"direction = {direction}",
        ]);

        var result = (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
        Assert.Equal(folder.Devices.Source, folder.Work.Read("source").AsSpan());
    }
}
