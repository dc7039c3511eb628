using System.Buffers;
using System.Text;
using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>What a change sets and what was there before, as it is kept with the change: an object each, with CardTrader's names.</summary>
internal sealed record ChangeContent(EditedItem Values, EditedItem Previous)
{
    private static readonly (ItemFields Field, string Name)[] Names =
    [
        (ItemFields.Price, "price_cents"), (ItemFields.Description, "description"), (ItemFields.Properties, "properties"),
        (ItemFields.Graded, "graded"), (ItemFields.Tag, "tag"), (ItemFields.UserData, "user_data_field"),
    ];

    /// <summary>Gives the names of fields.</summary>
    public static IEnumerable<string> NamesOf(ItemFields fields) =>
        Names.Where(name => (fields & name.Field) != ItemFields.None).Select(name => name.Name);

    /// <summary>Reads what was written.</summary>
    public static ChangeContent Parse(long item, string text)
    {
        using var document = JsonDocument.Parse(text);
        return new ChangeContent(
            Read(item, document.RootElement.GetProperty("values")), Read(item, document.RootElement.GetProperty("previous")));
    }

    /// <summary>Writes it as JSON.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, "values", Values);
            Write(writer, "previous", Previous);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Gives the fields that have here the value again that they had before the change.</summary>
    /// <param name="details">The row as it is.</param>
    public ItemFields TakenBack(ItemDetails details)
    {
        var back = ItemFields.None;
        foreach (var (field, _) in Names)
        {
            if ((Previous.Fields & field) != ItemFields.None && IsSame(field, Previous, details))
            {
                back |= field;
            }
        }

        return back;
    }

    /// <summary>True when a row has these values already.</summary>
    public static bool IsSame(ItemFields field, EditedItem values, ItemDetails details) => field switch
    {
        ItemFields.Price => values.PriceCents == details.PriceCents,
        ItemFields.Description => Same(values.Description, details.Description),
        ItemFields.Properties => StoredProperties.AreEqual(values.Properties, details.Properties),
        ItemFields.Graded => values.Graded == details.Graded,
        ItemFields.UserData => Same(values.UserDataField, details.UserDataField),
        _ => false,
    };

    /// <summary>No text and an empty one are the same on their way out.</summary>
    private static bool Same(string? one, string? other) =>
        string.Equals(one ?? string.Empty, other ?? string.Empty, StringComparison.Ordinal);

    private static void Write(Utf8JsonWriter writer, string name, EditedItem item)
    {
        writer.WriteStartObject(name);
        foreach (var (field, key) in Names.Where(known => (item.Fields & known.Field) != ItemFields.None))
        {
            writer.WritePropertyName(key);
            switch (field)
            {
                case ItemFields.Price:
                    writer.WriteNumberValue(item.PriceCents);
                    break;
                case ItemFields.Properties when item.Properties is { } properties:
                    writer.WriteRawValue(properties);
                    break;
                case ItemFields.Graded when item.Graded is { } graded:
                    writer.WriteBooleanValue(graded);
                    break;
                case ItemFields.Description when item.Description is { } text:
                    writer.WriteStringValue(text);
                    break;
                case ItemFields.UserData when item.UserDataField is { } text:
                    writer.WriteStringValue(text);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static EditedItem Read(long item, JsonElement element)
    {
        var fields = Names.Where(name => element.TryGetProperty(name.Name, out _))
            .Aggregate(ItemFields.None, (all, name) => all | name.Field);
        return new EditedItem
        {
            Id = item,
            Fields = fields,
            PriceCents = Find("price_cents") is { } price ? price.GetInt32() : 0,
            Description = Find("description")?.GetString(),
            Properties = Find("properties")?.GetRawText(),
            Graded = Find("graded")?.GetBoolean(),
            UserDataField = Find("user_data_field")?.GetString(),
        };

        JsonElement? Find(string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
