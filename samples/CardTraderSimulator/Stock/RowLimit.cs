namespace BrxSync.Simulator.Stock;

/// <summary>What a fault does to an export: how many rows are written at most, and which of them are unreadable.</summary>
/// <param name="Rows">Rows written at most.</param>
/// <param name="SpoilEvery">Every n-th row is <c>null</c>; 0 for none.</param>
internal readonly record struct RowLimit(int Rows, int SpoilEvery)
{
    public static RowLimit None { get; } = new(int.MaxValue, 0);

    public bool Spoils(int row) => SpoilEvery > 0 && (row + 1) % SpoilEvery == 0;
}
