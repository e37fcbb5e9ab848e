using System.Globalization;
using System.Text;

namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>Prometheus' text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), as far as <see cref="MetricCatalog"/> needs it.</summary>
internal static class MetricText
{
    /// <summary>Writes samples, each metric's together, with its type and what it means.</summary>
    public static string Write(IEnumerable<MetricSample> samples)
    {
        var byName = samples.ToLookup(sample => sample.Name);
        var text = new StringBuilder();
        foreach (var family in MetricCatalog.Families.Where(family => byName.Contains(family.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {family.Help}\n# TYPE {family.Name} gauge\n");
            foreach (var line in byName[family.Name].Select(Write).Order(StringComparer.Ordinal))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write(IEnumerable{MetricSample})"/> has written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="skipped">How many lines it can't have written.</param>
    public static IReadOnlyList<MetricSample> Read(string text, out int skipped)
    {
        var names = MetricCatalog.Families.Select(family => family.Name).ToHashSet(StringComparer.Ordinal);
        List<MetricSample> samples = [];
        skipped = 0;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (TryRead(line) is { } sample && names.Contains(sample.Name))
            {
                samples.Add(sample);
            }
            else
            {
                skipped++;
            }
        }

        return samples;
    }

    private static string Write(MetricSample sample) =>
        $"{sample.Name}{{{string.Join(',', sample.Labels.Select(label => $"{label.Key}=\"{Escape(label.Value)}\""))}}} {sample.Value}";

    private static string Escape(string value) =>
        value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static MetricSample? TryRead(string line)
    {
        var position = line.IndexOf('{', StringComparison.Ordinal);
        if (position < 1)
        {
            return null;
        }

        var name = line[..position++];
        List<KeyValuePair<string, string>> labels = [];
        while (position < line.Length && line[position] != '}')
        {
            if (TryReadLabel(line, ref position) is not { } label)
            {
                return null;
            }

            labels.Add(label);
        }

        var value = position + 2 < line.Length ? line[(position + 2)..] : "";
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? new(name, labels, value) : null;
    }

    private static KeyValuePair<string, string>? TryReadLabel(string line, ref int position)
    {
        var equals = line.IndexOf("=\"", position, StringComparison.Ordinal);
        if (equals < 0)
        {
            return null;
        }

        var name = line[position..equals];
        var value = new StringBuilder();
        for (position = equals + 2; position < line.Length && line[position] != '"'; position++)
        {
            if (line[position] != '\\')
            {
                value.Append(line[position]);
            }
            else if (++position < line.Length)
            {
                value.Append(line[position] == 'n' ? '\n' : line[position]);
            }
        }

        // The quote that closes, and a comma where another label follows.
        position++;
        if (position >= line.Length)
        {
            return null;
        }

        position += line[position] == ',' ? 1 : 0;
        return new(name, value.ToString());
    }
}
