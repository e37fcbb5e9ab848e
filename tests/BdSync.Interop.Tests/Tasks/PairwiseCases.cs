namespace BdSync.Interop.Tests.Tasks;

/// <summary>Picks few of many cases, so that each two values that go together are together in at least one of them.</summary>
internal static class PairwiseCases
{
    /// <summary>Picks; the same ones each time.</summary>
    /// <param name="cases">Every case that makes sense: a value for each aspect, in the same order.</param>
    /// <returns>Some of them, in the order in which they were picked.</returns>
    public static IReadOnlyList<string[]> Select(IReadOnlyList<string[]> cases)
    {
        var missing = cases.SelectMany(GetPairs).ToHashSet();
        List<string[]> selected = [];
        while (missing.Count > 0)
        {
            var best = cases.MaxBy(values => GetPairs(values).Count(missing.Contains))!;
            missing.ExceptWith(GetPairs(best));
            selected.Add(best);
        }

        return selected;
    }

    private static IEnumerable<(int First, string FirstValue, int Second, string SecondValue)> GetPairs(string[] values) =>
        from first in Enumerable.Range(0, values.Length)
        from second in Enumerable.Range(first + 1, values.Length - first - 1)
        select (first, values[first], second, values[second]);
}
