using System.Diagnostics;
using System.Globalization;

namespace BdSync.TestUtilities.Ssh;

/// <summary>The children of a process, and theirs, from /proc (proc(5)).</summary>
internal static class ProcessTree
{
    /// <summary>Lists the descendants of a process, children first; a process that ended is left out.</summary>
    public static IReadOnlyList<Process> ListDescendants(int processId)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? (Id: id, Parent: ReadParent(id)) : (Id: 0, Parent: 0))
            .Where(process => process.Parent > 0)
            .ToLookup(process => process.Parent, process => process.Id);
        var found = new List<Process>();
        var due = new Queue<int>(children[processId]);
        while (due.TryDequeue(out var id))
        {
            if (TryOpen(id) is { } process)
            {
                found.Add(process);
            }

            foreach (var child in children[id])
            {
                due.Enqueue(child);
            }
        }

        return found;
    }

    private static int ReadParent(int id)
    {
        try
        {
            // The name, in parentheses, may have any character.
            var status = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static Process? TryOpen(int id)
    {
        try
        {
            // Reading the start time makes sure that Kill never meets another process with the same number.
            var process = Process.GetProcessById(id);
            _ = process.StartTime;
            return process;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
