namespace BrxSync.Client.Inventory.Exports;

/// <summary>Names the keys of a product, to tell a key that was absent from one that was null.</summary>
[Flags]
public enum ProductFields
{
    /// <summary>No key.</summary>
    None = 0,

    /// <summary>The key <c>id</c>.</summary>
    Id = 1 << 0,

    /// <summary>The key <c>blueprint_id</c>.</summary>
    BlueprintId = 1 << 1,

    /// <summary>The key <c>category_id</c>.</summary>
    CategoryId = 1 << 2,

    /// <summary>The key <c>game_id</c>.</summary>
    GameId = 1 << 3,

    /// <summary>The key <c>expansion_id</c>.</summary>
    ExpansionId = 1 << 4,

    /// <summary>The key <c>name_en</c>.</summary>
    Name = 1 << 5,

    /// <summary>The key <c>quantity</c>.</summary>
    Quantity = 1 << 6,

    /// <summary>The key <c>bundle_size</c>.</summary>
    BundleSize = 1 << 7,

    /// <summary>The key <c>bundled_quantity</c>.</summary>
    BundledQuantity = 1 << 8,

    /// <summary>The key <c>description</c>.</summary>
    Description = 1 << 9,

    /// <summary>The key <c>price</c> (a money object).</summary>
    Price = 1 << 10,

    /// <summary>The key <c>price_cents</c>.</summary>
    PriceCents = 1 << 11,

    /// <summary>The key <c>price_currency</c>.</summary>
    PriceCurrency = 1 << 12,

    /// <summary>The key <c>properties_hash</c>.</summary>
    PropertiesHash = 1 << 13,

    /// <summary>The key <c>properties</c>.</summary>
    Properties = 1 << 14,

    /// <summary>The key <c>user_id</c>.</summary>
    UserId = 1 << 15,

    /// <summary>The key <c>graded</c>.</summary>
    Graded = 1 << 16,

    /// <summary>The key <c>tag</c>.</summary>
    Tag = 1 << 17,

    /// <summary>The key <c>user_data_field</c>.</summary>
    UserDataField = 1 << 18,

    /// <summary>The key <c>uploaded_images</c>.</summary>
    UploadedImages = 1 << 19,
}
