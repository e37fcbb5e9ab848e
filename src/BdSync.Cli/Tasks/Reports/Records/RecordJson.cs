using System.Text.Json;
using System.Text.Json.Serialization;

namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>Writes and reads <see cref="RunRecord"/> as JSON, with code that is made when the program is built. Only ASCII is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(IReadOnlyList<RunRecord>))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    /// <summary>The same in several lines, for people.</summary>
    public static RecordJson Indented => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = true, NewLine = "\n" });
}
