using System.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Cli.Inspecting;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync inspect</c></summary>
internal static class InspectSubcommand
{
    /// <summary>How many patches one map can have: three years of nights. Each takes 32 KiB of memory.</summary>
    private const int MaxPatches = 1100;

    public static Command Create(Interruption interruption)
    {
        var patches = CreatePatches();
        var view = new MapOptions();
        var command = new Command("inspect", "Shows what is in patches, whether they are whole, and a map of where the changes lie; of several patches together, which areas change every time.")
        {
            patches, view.Svg, view.Json,
        };
        command.SetAction((result, _) => InspectCommand.RunAsync(
            result.GetRequiredValue(patches), result.GetValue(view.Json), result.GetValue(view.Svg), interruption.Token));
        return command;
    }

    private static Argument<string[]> CreatePatches()
    {
        var patches = new Argument<string[]>("PATCH") { Description = "A patch, plain or compressed by gzip or zstd; - is standard input.", Arity = ArgumentArity.OneOrMore };
        patches.Validators.Add(result =>
        {
            if (result.Tokens.Count > MaxPatches)
            {
                result.AddError($"There are {result.Tokens.Count} patches; at most {MaxPatches} can be inspected together.");
            }

            if (result.Tokens.Count(token => token.Value == PatchInspection.StandardInput) > 1)
            {
                result.AddError("Standard input can be read only once.");
            }

            foreach (var token in result.Tokens.Where(token => token.Value is "" || (token.Value[0] == '-' && token.Value != PatchInspection.StandardInput)))
            {
                result.AddError($"'{token.Value}' is no option; a file of that name is './{token.Value}'.");
            }
        });
        return patches;
    }
}
