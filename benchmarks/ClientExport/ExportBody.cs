using System.Globalization;
using System.Text;

namespace ClientExport;

/// <summary>A stock export of any size: rows of about 490 bytes, of one seed.</summary>
internal static class ExportBody
{
    private static readonly string[] Rarities = ["Common", "Uncommon", "Rare", "Mythic"];
    private static readonly string[] Conditions = ["Near Mint", "Near Mint", "Slightly Played", "Moderately Played", "Played"];
    private static readonly string[] Languages = ["en", "it", "de", "fr", "jp", "zh-CN"];
    private static readonly string[] Words =
    [
        "Mind", "Rot", "Lotus", "Field", "Chandra's", "Embercat", "Growth", "Spiral", "of", "the", "Dead", "Étincelle",
    ];

    /// <summary>Writes the row with the given number, and what precedes it in the array.</summary>
    public static void AppendRow(StringBuilder text, int index)
    {
        var seed = (uint)index * 2654435761u;
        var quantity = 1 + (int)(seed % 4);
        text.Append(index == 0 ? '[' : ',').Append(CultureInfo.InvariantCulture, $$"""
            {"uploaded_images":[],"quantity":{{quantity}},"description":"{{(seed % 10 == 0 ? "Small scratch on the back, see picture" : string.Empty)}}","price_cents":{{5 + (seed % 4000)}},"bundled_quantity":{{quantity}},"blueprint_id":{{57957 + (seed % 20000)}},"properties_hash":{"mtg_rarity":"{{Rarities[seed % 4]}}","collector_number":"{{seed % 400}}","condition":"{{Conditions[seed % 5]}}","mtg_language":"{{Languages[seed % 6]}}","mtg_foil":{{(seed % 7 == 0 ? "true" : "false")}},"signed":false,"altered":false,"tournament_legal":true},"category_id":1,"user_id":9000100,"graded":false,"id":{{990000000L + index}},"tag":"","user_data_field":{{(seed % 5 == 0 ? $"\"A-{seed % 90:00}-{seed % 60:00}\"" : "null")}},"bundle_size":1,"price_currency":"EUR","game_id":1,"name_en":"{{Words[seed % 12]}} {{Words[(seed >> 4) % 12]}} {{Words[(seed >> 8) % 12]}}"}
            """);
    }

    /// <summary>Makes the whole body in memory.</summary>
    public static byte[] Create(int rows)
    {
        using var body = new MemoryStream(rows * 520);
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            AppendRow(text.Clear(), i);
            body.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }
}
