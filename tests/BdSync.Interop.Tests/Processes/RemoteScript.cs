using System.Globalization;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Processes;

/// <summary>A remote command that leaves its process id behind, so that a test can see what becomes of it.</summary>
internal sealed class RemoteScript(WorkFolder folder, string text)
{
    private readonly string path = folder.WriteScript("remote", $"echo $$ >remote.new; mv remote.new remote.pid\n{text}");

    /// <summary>The REMSHCMD.</summary>
    public string Command => Tool.Quote(path);

    /// <summary>A server of this project.</summary>
    public static RemoteScript Server(WorkFolder folder, string options = "") => new(folder, $"exec '{Tool.Ours}' --server {options}");

    /// <summary>A server whose answers stop after some bytes, while it and its connection stay, until the folder is removed.</summary>
    public static RemoteScript StallingServer(WorkFolder folder, int length) =>
        new(folder, $"'{Tool.Ours}' --server | {{ {Pass(length)}; while [ -d \"$PWD\" ]; do sleep 0.1; done; }}");

    /// <summary>A server that is killed after it has answered some bytes.</summary>
    public static RemoteScript DyingServer(WorkFolder folder, int length) =>
        new(folder, $"'{Tool.Ours}' --server | {Pass(length)}\nkill -9 $$");

    /// <summary>Waits until it runs.</summary>
    public async Task<int> GetProcessIdAsync()
    {
        await Wait.UntilAsync(() => File.Exists(folder["remote.pid"]), "the remote command has started");
        return int.Parse(await File.ReadAllTextAsync(folder["remote.pid"]), CultureInfo.InvariantCulture);
    }

    /// <summary>Checks that it does not outlive the client.</summary>
    public async Task ShouldBeGoneAsync()
    {
        var id = await GetProcessIdAsync();
        await Wait.UntilAsync(() => !IsAlive(id), "the remote command has ended");
    }

    // By itself head would hold back what it has until its buffer is full.
    private static string Pass(int length) => $"stdbuf -o0 head -c {length}";

    // What nobody has waited for yet (Z) has ended, too.
    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadLines($"/proc/{id}/status").Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
