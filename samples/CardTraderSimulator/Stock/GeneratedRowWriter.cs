using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>
/// Writes a generated product as a row of the export from UTF-8 pieces, without an object and without a serializer: the reason why the
/// simulator is never the slower side of a full synchronization.
/// </summary>
internal static class GeneratedRowWriter
{
    /// <summary>More bytes than any generated row has.</summary>
    public const int MaxRowBytes = 1_024;

    public static int Write(Span<byte> target, in GeneratedRow row, long id, int quantity, int priceCents, SellerParts seller)
    {
        var cursor = new Utf8Cursor(target);
        var kind = row.Kind;
        cursor.Put("{\"uploaded_images\":[],\"quantity\":"u8);
        cursor.Put(quantity);
        if (row.HasDescription)
        {
            cursor.Put(",\"description\":\""u8);
            cursor.Put(GeneratedTexts.DescriptionsUtf8[row.Hash >> 56 & 3]);
            cursor.Put("\",\"price_cents\":"u8);
        }
        else
        {
            cursor.Put(row.NullDescription ? ",\"description\":null,\"price_cents\":"u8 : ",\"description\":\"\",\"price_cents\":"u8);
        }

        cursor.Put(priceCents);
        cursor.Put(",\"bundled_quantity\":"u8);
        cursor.Put((long)quantity * row.BundleSize);
        cursor.Put(",\"blueprint_id\":"u8);
        cursor.Put(GeneratedCatalog.FirstBlueprintId + row.Blueprint);
        cursor.Put(",\"properties_hash\":{"u8);
        Properties(ref cursor, row, kind);
        cursor.Put("},\"category_id\":"u8);
        cursor.Put(kind.CategoryId);
        cursor.Put(seller.User);
        cursor.Put(row.GradedForm switch { 0 => "null"u8, 1 => "0"u8, _ => "false"u8 });
        cursor.Put(",\"id\":"u8);
        cursor.Put(id);
        cursor.Put(
            row.HasTag ? ",\"tag\":\"showcase\",\"user_data_field\":"u8
            : row.NullTag ? ",\"tag\":null,\"user_data_field\":"u8
            : ",\"tag\":\"\",\"user_data_field\":"u8);
        if (row.HasUserData)
        {
            cursor.Put("\"shelf "u8);
            cursor.Put((long)(row.Hash >> 50 & 63));
            cursor.Put("-"u8);
            cursor.Put((long)(row.Hash >> 44 & 63));
            cursor.Put("\",\"bundle_size\":"u8);
        }
        else
        {
            cursor.Put("null,\"bundle_size\":"u8);
        }

        cursor.Put(row.BundleSize);
        cursor.Put(seller.Currency);
        cursor.Put(kind.GameId);
        cursor.Put(",\"name_en\":\""u8);
        cursor.Put(GeneratedNames.FirstPart(row.NameHash));
        cursor.Put(GeneratedNames.SecondPart(row.NameHash));
        cursor.Put(GeneratedNames.ThirdPart(row.NameHash));
        cursor.Put(kind == BlueprintKind.MagicBooster ? " Booster\"}"u8 : "\"}"u8);
        return cursor.Written;
    }

    private static void Properties(ref Utf8Cursor cursor, in GeneratedRow row, BlueprintKind kind)
    {
        var (expansion, slot) = Math.DivRem(row.Blueprint, GeneratedCatalog.PerExpansion);
        switch (kind.GameId)
        {
            case 1 when kind.IsSingle:
                cursor.Put("\"mtg_rarity\":\""u8);
                cursor.Put(kind.RaritiesUtf8[row.Rarity]);
                cursor.Put("\",\"collector_number\":\""u8);
                cursor.Put(slot + 1);
                cursor.Put("\",\"cmc\":\""u8);
                cursor.Put((long)(row.NameHash >> 40 & 7));
                cursor.Put("\",\"condition\":\""u8);
                cursor.Put(BlueprintKind.ConditionsUtf8[row.Condition]);
                cursor.Put("\",\"mtg_language\":\""u8);
                cursor.Put(kind.LanguagesUtf8[row.Language]);
                cursor.Put("\",\"mtg_foil\":"u8);
                cursor.Put(row.Foil);
                cursor.Put(",\"signed\":false,\"altered\":false"u8);
                break;
            case 1:
                cursor.Put("\"mtg_language\":\""u8);
                cursor.Put(kind.LanguagesUtf8[row.Language]);
                cursor.Put("\""u8);
                break;
            case 15:
                cursor.Put("\"collector_number\":\"OP"u8);
                cursor.Put(expansion);
                cursor.Put("-"u8);
                cursor.Put(slot + 1);
                cursor.Put("\",\"onepiece_rarity\":\""u8);
                cursor.Put(kind.RaritiesUtf8[row.Rarity]);
                cursor.Put("\",\"tournament_legal\":true,\"condition\":\""u8);
                cursor.Put(BlueprintKind.ConditionsUtf8[row.Condition]);
                cursor.Put("\",\"signed\":false,\"altered\":false,\"onepiece_language\":\""u8);
                cursor.Put(kind.LanguagesUtf8[row.Language]);
                cursor.Put("\""u8);
                break;
            default:
                cursor.Put("\"collector_number\":\""u8);
                cursor.Put(slot + 1);
                cursor.Put("\",\"pokemon_rarity\":\""u8);
                cursor.Put(kind.RaritiesUtf8[row.Rarity]);
                cursor.Put("\",\"condition\":\""u8);
                cursor.Put(BlueprintKind.ConditionsUtf8[row.Condition]);
                cursor.Put("\",\"signed\":false,\"altered\":false,\"first_edition\":false,\"pokemon_language\":\""u8);
                cursor.Put(kind.LanguagesUtf8[row.Language]);
                cursor.Put("\",\"pokemon_reverse\":"u8);
                cursor.Put(row.Foil);
                break;
        }
    }
}
