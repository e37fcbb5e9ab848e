using System.Globalization;
using System.Threading.Channels;
using Xunit;

namespace BdSync.TestUtilities.Guests;

/// <summary>
/// The processors for guests: one each, and no more guests at a time than there are processors. The processes that User-mode Linux consists of take turns, at every system call and
/// page fault in it: on one processor that takes a fifth less of it than on two.
/// </summary>
internal static class GuestProcessors
{
    private const string Field = "Cpus_allowed_list:";

    private static readonly Channel<int> Free = CreateFree();

    /// <summary>Waits for one.</summary>
    /// <returns>Its number, as taskset(1) wants it.</returns>
    public static ValueTask<int> TakeAsync() => Free.Reader.ReadAsync();

    /// <summary>Gives it back.</summary>
    public static void Return(int processor) => Assert.True(Free.Writer.TryWrite(processor));

    private static Channel<int> CreateFree()
    {
        var free = Channel.CreateUnbounded<int>();
        foreach (var processor in ReadAllowed().Take(Environment.ProcessorCount))
        {
            free.Writer.TryWrite(processor);
        }

        return free;
    }

    // Such as 0-3,8 (proc(5)).
    private static IEnumerable<int> ReadAllowed() =>
        from range in File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Split(',')
        let ends = range.Split('-')
        let first = int.Parse(ends[0], CultureInfo.InvariantCulture)
        from processor in Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1)
        select processor;
}
