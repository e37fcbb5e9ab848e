namespace BdSync.Perf;

/// <summary>A line of the table.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Asked">What is asked for, as text; empty for nothing.</param>
/// <param name="Ours">This project's command.</param>
/// <param name="Theirs">The other tool's, or null where there is none to compare with.</param>
internal sealed record Row(string Name, string Asked, Command Ours, Command? Theirs);
