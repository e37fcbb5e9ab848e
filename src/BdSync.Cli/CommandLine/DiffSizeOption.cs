using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.CommandLine;

/// <summary>The argument of <c>--diffsize</c>: words separated by commas.</summary>
/// <param name="Policy">What to do where sizes differ.</param>
/// <param name="Warn">Whether to say so.</param>
internal readonly record struct DiffSizeOption(SizePolicy Policy, bool Warn)
{
    public static DiffSizeOption Parse(string? argument)
    {
        SizePolicy? policy = null;
        var warn = false;
        foreach (var word in (argument ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "warn")
            {
                warn = true;
                continue;
            }

            var named = word switch
            {
                "strict" => SizePolicy.Strict,
                "resize" => SizePolicy.Resize,
                "minsize" => SizePolicy.MinSize,
                _ => throw new BdSyncException(
                    BdSyncExitStatus.Parameters, $"--diffsize={argument} is not known; strict, resize or minsize are allowed, and warn behind a comma."),
            };
            if (policy is not null && policy != named)
            {
                throw new BdSyncException(BdSyncExitStatus.Parameters, $"--diffsize={argument} contradicts itself; one of strict, resize and minsize is allowed.");
            }

            policy = named;
        }

        return new(policy ?? SizePolicy.Resize, warn);
    }
}
