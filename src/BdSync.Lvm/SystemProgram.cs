namespace BdSync.Lvm;

/// <summary>Finds programs of the system's administration: PATH, cron's above all, often lacks their folders.</summary>
internal static class SystemProgram
{
    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin"];

    /// <param name="name">The program.</param>
    /// <param name="lvmPath">The program lvm: what is in its folder comes first.</param>
    /// <exception cref="LvmException">It is not there.</exception>
    public static string Find(string name, string lvmPath)
    {
        string[] folders = [Path.GetDirectoryName(Path.GetFullPath(lvmPath))!, .. Folders];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new LvmException($"There is no program {name} in {string.Join(", ", folders.Distinct())}, which is needed to find out what has changed.");
    }
}
