using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>
/// A recorded body of <c>GET /products/export</c>. Rows keep their bytes. A row that is no product (unreadable id, impossible quantity,
/// an id seen before) is repeated in its place but can neither be sold nor changed; a body that is no array is served as it is.
/// </summary>
internal sealed class ExportFile
{
    private ExportFile(IReadOnlyList<StockSlot> rows, ReadOnlyMemory<byte>? rawBody, bool startsWithMark, long? userId)
    {
        Rows = rows;
        RawBody = rawBody;
        StartsWithMark = startsWithMark;
        UserId = userId;
    }

    public static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    public static ExportFile None { get; } = new([], null, false, null);

    public IReadOnlyList<StockSlot> Rows { get; }

    /// <summary>Gets the body to serve unread, or null when it holds rows.</summary>
    public ReadOnlyMemory<byte>? RawBody { get; }

    public bool StartsWithMark { get; }

    /// <summary>Gets the owner that most rows name.</summary>
    public long? UserId { get; }

    public static ExportFile Read(ReadOnlyMemory<byte> body)
    {
        var marked = body.Span.StartsWith(ByteOrderMark);
        var text = marked ? body[ByteOrderMark.Length..] : body;
        try
        {
            return Read(text, marked) ?? new ExportFile([], body, false, null);
        }
        catch (JsonException)
        {
            return new ExportFile([], body, false, null);
        }
    }

    private static ExportFile? Read(ReadOnlyMemory<byte> text, bool marked)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text.Span))
        {
            return null;
        }

        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rows = new List<StockSlot>();
        var seen = new HashSet<long>();
        var owners = new Dictionary<long, int>();
        foreach (var element in document.RootElement.EnumerateArray())
        {
            var raw = System.Text.Encoding.UTF8.GetBytes(element.GetRawText());
            var product = TryRead(element, raw);
            rows.Add(product is not null && seen.Add(product.Id) ? StockSlot.Of(product) : new StockSlot(null, raw));
            if (element.ValueKind == JsonValueKind.Object && TryInteger(element, "user_id", out var owner))
            {
                owners[owner] = owners.GetValueOrDefault(owner) + 1;
            }
        }

        return new ExportFile(rows, null, marked, owners.Count == 0 ? null : owners.MaxBy(pair => pair.Value).Key);
    }

    private static StockProduct? TryRead(JsonElement row, byte[] raw)
    {
        if (row.ValueKind != JsonValueKind.Object
            || !TryInteger(row, "id", out var id) || id <= 0
            || !TryInteger(row, "blueprint_id", out var blueprint)
            || !TryInteger(row, "quantity", out var quantity) || quantity is <= 0 or > int.MaxValue)
        {
            return null;
        }

        var money = row.TryGetProperty("price", out var price) && price.ValueKind == JsonValueKind.Object;
        if (!(money && TryInteger(price, "cents", out var cents)) && !TryInteger(row, "price_cents", out cents))
        {
            return null;
        }

        return new StockProduct
        {
            Id = id,
            BlueprintId = blueprint,
            CategoryId = (int)(TryInteger(row, "category_id", out var category) ? category : 0),
            GameId = (int)(TryInteger(row, "game_id", out var game) ? game : 0),
            Name = Text(row, "name_en") ?? "",
            Quantity = (int)quantity,
            BundleSize = (int)(TryInteger(row, "bundle_size", out var bundle) ? bundle : 1),
            Description = Text(row, "description"),
            PriceCents = (int)cents,
            Currency = (money ? Text(price, "currency") : Text(row, "price_currency")) ?? "EUR",
            Properties = PropertyBag.Read(
                row.TryGetProperty("properties_hash", out var properties) || row.TryGetProperty("properties", out properties)
                    ? properties
                    : default),
            GradedJson = row.TryGetProperty("graded", out var graded) ? graded.GetRawText() : "null",
            Tag = Text(row, "tag"),
            UserDataField = Text(row, "user_data_field"),
            Raw = raw,
        };
    }

    private static bool TryInteger(JsonElement element, string name, out long value)
    {
        value = 0;
        if (!element.TryGetProperty(name, out var found))
        {
            return false;
        }

        return found.ValueKind switch
        {
            JsonValueKind.Number => found.TryGetInt64(out value),
            JsonValueKind.String => long.TryParse(found.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
