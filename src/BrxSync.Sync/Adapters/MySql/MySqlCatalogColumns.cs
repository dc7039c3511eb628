using System.Data.Common;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Refuses columns that hold something other than whole numbers, before any row is read.</summary>
internal static class MySqlCatalogColumns
{
    // Decimal is what a union of signed and unsigned columns becomes.
    private static readonly HashSet<Type> WholeNumbers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(decimal),
    ];

    /// <summary>Checks the column of the print and, after it, that of the blueprint.</summary>
    /// <param name="columns">A result.</param>
    /// <param name="first">Where the two columns stand.</param>
    /// <param name="table">The table they belong to, or null when the result is one of several tables.</param>
    /// <param name="options">The options that name them.</param>
    public static void RequireWholeNumbers(DbDataReader columns, int first, string? table, MySqlCatalogOptions options)
    {
        Require(columns, first, table, options.IdColumn, nameof(options.IdColumn));
        Require(columns, first + 1, table, options.BlueprintColumn, nameof(options.BlueprintColumn));
    }

    private static void Require(DbDataReader columns, int ordinal, string? table, string column, string option)
    {
        if (!WholeNumbers.Contains(columns.GetFieldType(ordinal)))
        {
            throw new CatalogUnavailableException(
                $"The column {(table is null ? "" : table + ".")}{column} of the catalogue is of the type "
                + $"{columns.GetDataTypeName(ordinal)}, where whole numbers are needed: "
                + $"name another column in BrxSync:MySqlCatalog:{option}, or change its type.");
        }
    }
}
