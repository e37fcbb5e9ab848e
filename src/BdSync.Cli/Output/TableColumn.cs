namespace BdSync.Cli.Output;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Weight">How much it is needed: where there is no room, those with the least go first. Those with <see cref="Needed"/> stay.</param>
/// <param name="IsNumber">Whether its cells stand on the right.</param>
internal sealed record TableColumn(string Header, int Weight = TableColumn.Needed, bool IsNumber = true)
{
    public const int Needed = int.MaxValue;
}
