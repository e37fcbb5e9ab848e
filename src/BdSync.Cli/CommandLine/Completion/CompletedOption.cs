namespace BdSync.Cli.CommandLine.Completion;

/// <summary>An option as completing needs it.</summary>
/// <param name="Names">With their dashes.</param>
/// <param name="Argument">Whether it takes a value.</param>
/// <param name="ValueBehindEquals">Whether a long name that needs a value is offered with <c>=</c>, as the C tool's command line is written.</param>
/// <param name="Description">What it does.</param>
/// <param name="ListValues">What its value may be, given what is there of it.</param>
internal sealed record CompletedOption(
    IReadOnlyList<string> Names, OptionArgument Argument, bool ValueBehindEquals, string Description, Func<string, Suggestions> ListValues);
