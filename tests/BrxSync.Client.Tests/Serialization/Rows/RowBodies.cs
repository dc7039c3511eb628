using BrxSync.Client.Catalog;
using BrxSync.Client.Inventory;
using BrxSync.Client.Inventory.Exports;
using BrxSync.Client.Serialization.Rows;

namespace BrxSync.Client.Tests.Serialization.Rows;

/// <summary>Bodies of rows, read as they arrive.</summary>
internal static class RowBodies
{
    public static byte[] Blueprints { get; } = ReadFixture("blueprints.quirks.json");

    public static byte[] Products { get; } = ReadFixture("export.quirks.json");

    /// <summary>Makes what reads blueprints, with a memory of its own for what they share.</summary>
    public static RecordRows<Blueprint> BlueprintRows()
    {
        var editable = new EditableProperties();
        return new RecordRows<Blueprint>(row => CatalogReader.ReadBlueprint(row, editable));
    }

    /// <summary>Makes what reads products.</summary>
    public static RowParser<ProductExportRow> ProductRows() => new ProductRowParser().TryParse;

    /// <summary>Reads a body with a small buffer, until it ends or shows a fault.</summary>
    public static async Task<(List<T?> Rows, RowsBodyException? Fault)> ReadAsync<T>(Stream body, RowParser<T> parse, int bufferBytes = 256)
    {
        using var reader = new RowReader<T>(body, parse, bufferBytes, 1 << 20);
        var rows = new List<T?>();
        try
        {
            while (true)
            {
                switch (reader.TryRead(out var row))
                {
                    case RowReadStatus.Row:
                        rows.Add(row);
                        break;
                    case RowReadStatus.End:
                        return (rows, null);
                    default:
                        await reader.FillAsync(CancellationToken.None).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (RowsBodyException fault)
        {
            return (rows, fault);
        }
    }

    private static byte[] ReadFixture(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)).AsSpan().TrimEnd("\n"u8).ToArray();
}
