using System.Text.Json.Nodes;
using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>Keeps the odd form of an export file's row when its product changes: only the keys that changed are written anew.</summary>
internal static class RawRow
{
    /// <summary>Gives the changed product the row of the product before, corrected where the two differ.</summary>
    public static StockProduct Carry(StockProduct before, StockProduct after)
    {
        if (before.Raw is not { } raw)
        {
            return after with { Raw = null };
        }

        var row = JsonNode.Parse(raw.Span)!.AsObject();
        Correct(row, before, after);
        return after with { Raw = System.Text.Encoding.UTF8.GetBytes(row.ToJsonString(Http.JsonAnswer.NodeOptions)) };
    }

    private static void Correct(JsonObject row, StockProduct before, StockProduct after)
    {
        if (before.Quantity != after.Quantity)
        {
            row["quantity"] = after.Quantity;
            row["bundled_quantity"] = after.Quantity * after.BundleSize;
        }

        if (before.PriceCents != after.PriceCents)
        {
            if (row["price"] is JsonObject money)
            {
                money["cents"] = after.PriceCents;
            }

            if (row.ContainsKey("price_cents") || row["price"] is null)
            {
                row["price_cents"] = after.PriceCents;
            }
        }

        if (!before.Properties.Equals(after.Properties))
        {
            row[row.ContainsKey("properties_hash") ? "properties_hash" : "properties"] = ToNode(after.Properties);
        }

        Text(row, "description", before.Description, after.Description);
        Text(row, "tag", before.Tag, after.Tag);
        Text(row, "user_data_field", before.UserDataField, after.UserDataField);
        if (before.GradedJson != after.GradedJson)
        {
            row["graded"] = JsonNode.Parse(after.GradedJson);
        }

        if (before.ImageUrl != after.ImageUrl)
        {
            row["uploaded_images"] = after.ImageUrl is null ? [] : new JsonArray(after.ImageUrl);
        }
    }

    private static void Text(JsonObject row, string key, string? before, string? after)
    {
        if (!string.Equals(before, after, StringComparison.Ordinal))
        {
            row[key] = after;
        }
    }

    private static JsonObject ToNode(PropertyBag properties)
    {
        var node = new JsonObject();
        foreach (var (name, value) in properties)
        {
            node[name] = value.IsBoolean ? JsonValue.Create(value.Flag) : JsonValue.Create(value.Text);
        }

        return node;
    }
}
