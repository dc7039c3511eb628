using System.Text.Json;

namespace BrxSync.Client;

/// <summary>A row of a list that could not be read.</summary>
/// <param name="Index">The place of the row, counted from 0.</param>
/// <param name="Fault">What is wrong with the row, for example <c>order: id is missing.</c></param>
/// <param name="Value">The row as it came.</param>
public sealed record UnreadableRow(int Index, string Fault, JsonElement Value)
{
    /// <summary>Returns place and fault: the row may hold personal data.</summary>
    public override string ToString() => $"row {Index}: {Fault}";
}
