using System.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Cli.Restriction;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync restrict</c></summary>
internal static class RestrictSubcommand
{
    public static Command Create(Interruption interruption)
    {
        var read = CreatePatterns("--read", "Devices that may be read: absolute paths, with * and ? for characters of one name.");
        var write = CreatePatterns("--write", "Devices that may be written, and read.");
        var patches = new Option<string?>("--patches") { Description = "A folder where patches may be kept, for tasks that have it as target_patch_dir.", HelpName = "FOLDER" };
        var force = new Option<bool>("--allow-force") { Description = "Allow --force: write to a block device even where it is in use." };
        patches.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !PlainPath.IsValid(token.Value)))
            {
                result.AddError($"--patches {result.Tokens[^1].Value} is no absolute path without '//', '.', '..' and a slash at the end.");
            }
        });
        var command = new Command("restrict", "Does what an ssh client asks for in SSH_ORIGINAL_COMMAND, as far as it is allowed; exit status 77 where it is not. For command=\"…\" in authorized_keys.") { read, write, patches, force };
        command.SetAction((result, _) => RestrictCommand.RunAsync(
            new()
            {
                Read = [.. (result.GetValue(read) ?? []).Select(PathPattern.Parse)],
                Write = [.. (result.GetValue(write) ?? []).Select(PathPattern.Parse)],
                PatchFolder = result.GetValue(patches),
                AllowForce = result.GetValue(force),
            },
            interruption.Token));
        return command;
    }

    private static Option<string[]> CreatePatterns(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "PATTERN...", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                try
                {
                    _ = PathPattern.Parse(token.Value);
                }
                catch (UsageException exception)
                {
                    result.AddError(exception.Message);
                }
            }
        });
        return option;
    }
}
