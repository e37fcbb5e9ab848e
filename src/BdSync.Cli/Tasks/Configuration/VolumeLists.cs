using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>The volumes of volume groups, as long as a file is examined: LVM is asked once for each group, however many sections name it.</summary>
/// <param name="ask">Lists the volumes of a group, given the lvm program and the group; null to ask LVM.</param>
internal sealed class VolumeLists(Func<string, string, IReadOnlyList<string>>? ask)
{
    private readonly Dictionary<(string Program, string Group), Lazy<IReadOnlyList<string>>> lists = [];

    /// <summary>The names of a group's volumes.</summary>
    /// <exception cref="LvmException">LVM fails, or there is no such group: it is not asked again for that.</exception>
    public IReadOnlyList<string> Get(string program, string group)
    {
        if (!lists.TryGetValue((program, group), out var list))
        {
            lists.Add((program, group), list = new(() => (ask ?? AskLvm)(program, group)));
        }

        return list.Value;
    }

    private static IReadOnlyList<string> AskLvm(string program, string group) => Task.Run(async () =>
    {
        var tool = new LvmTool(program);
        var volumes = await (await tool.GetVolumeGroupAsync(group)).GetVolumesAsync(tool);
        return (IReadOnlyList<string>)[.. volumes.Select(volume => volume.FullName.Name)];
    }).GetAwaiter().GetResult();
}
