using System.CommandLine;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary>The options of all subcommands that draw a map. Each command has options of its own, as they are changed by what is parsed.</summary>
internal sealed class MapOptions
{
    public MapOptions() => Svg.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: "" or "-" }, ..])
        {
            result.AddError("--svg needs the name of a file.");
        }
    });

    public Option<string> Svg { get; } = new("--svg") { Description = "Write the map as a picture to FILE.", HelpName = "FILE" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print a JSON object, for programs, in place of text." };
}
