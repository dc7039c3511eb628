using System.Collections.Frozen;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Imports;

/// <summary>The columns of import files.</summary>
public static class CsvColumns
{
    /// <summary>The name of a column that is skipped.</summary>
    public const string Skipped = "_";

    private static readonly string[] Identifying = ["blueprint_id", "scryfall_id", "mkm_id", "tcgplayer_id"];
    private static readonly string[] Naming = ["name", "collector_number"];
    private static readonly string[] OfExpansion = ["expansion_code", "expansion_name", "expansion_id"];

    /// <summary>Gets the names CardTrader knows.</summary>
    public static IReadOnlySet<string> Known { get; } = new[]
    {
        "name", "quantity", "bundle", "expansion_code", "expansion_name", "expansion_id", "price", "price_cents", "language", "condition",
        "foil", "signed", "altered", "first_edition", "mkm_id", "user_data_field", "tcgplayer_id", "scryfall_id", "description", "rarity",
        "collector_number", "blueprint_id",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal static void Check(IReadOnlyList<string> columns, List<CardTraderFault> faults)
    {
        foreach (var unknown in columns.Where(static column => column != Skipped && !Known.Contains(column))
            .Distinct(StringComparer.Ordinal))
        {
            faults.Add(new CardTraderFault("column_names", $"\"{unknown}\" is not a column; use {Skipped} to skip one."));
        }

        foreach (var twice in columns
            .Where(static column => column != Skipped)
            .GroupBy(static column => column, StringComparer.Ordinal)
            .Where(static group => group.Count() > 1))
        {
            faults.Add(new CardTraderFault("column_names", $"\"{twice.Key}\" appears {twice.Count()} times."));
        }

        if (columns.Any(static column => column == "price") && columns.Any(static column => column == "price_cents"))
        {
            faults.Add(new CardTraderFault("column_names", "price and price_cents exclude each other."));
        }

        if (!columns.Any(Identifying.Contains) && !(columns.Any(Naming.Contains) && columns.Any(OfExpansion.Contains)))
        {
            faults.Add(new CardTraderFault(
                "column_names",
                $"Nothing identifies a row: add one of {string.Join(", ", Identifying)}, or {string.Join(" or ", Naming)} "
                    + $"with one of {string.Join(", ", OfExpansion)}."));
        }
    }
}
