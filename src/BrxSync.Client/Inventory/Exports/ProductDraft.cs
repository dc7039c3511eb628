using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Inventory.Exports;

/// <summary>Collects the values of one product while its keys arrive in any order.</summary>
internal ref struct ProductDraft
{
    public ProductFields Seen;
    public long Id;
    public long BlueprintId;
    public long? CategoryId;
    public long? GameId;
    public long? ExpansionId;
    public long? UserId;
    public long? Quantity;
    public long BundleSize;
    public long? BundledQuantity;
    public string? Name;
    public string? Description;
    public string? Tag;
    public string? UserDataField;
    public long? FlatCents;
    public string? FlatCurrency;
    public long? PriceCents;
    public string? PriceCurrency;
    public ProductProperties? PropertiesHash;
    public ProductProperties? Properties;
    public bool Graded;
    public string? GradedText;
    public List<ProductImage>? Images;
    public Dictionary<string, JsonElement>? Unknown;
    public List<CardTraderFault>? Notes;
    public string? Fault;

    /// <summary>Notes the first fault; later ones add nothing a reader could use.</summary>
    public void Blame(string fault) => Fault ??= fault;

    /// <summary>Keeps a value that has no member, or does not fit it; a fault of it costs nobody the product.</summary>
    public void Keep(string name, JsonElement value, string? fault = null)
    {
        Unknown ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (!Unknown.TryAdd(name, value))
        {
            fault ??= "It appears twice; the last value counts.";
            Unknown[name] = value;
        }

        if (fault is not null)
        {
            Notes ??= [];
            Notes.Add(new CardTraderFault(name, fault));
        }
    }

    /// <summary>Builds the product, or says what keeps it from being one.</summary>
    public Product? Build(out string? fault)
    {
        var money = Price();
        fault = Fault ?? FindMissing(money);
        if (fault is not null)
        {
            return null;
        }

        KeepOtherForms(money!.Value);
        return new Product
        {
            Id = new ProductId(Id),
            BlueprintId = new BlueprintId(BlueprintId),
            CategoryId = CategoryId is { } category ? new CategoryId(category) : null,
            GameId = GameId is { } game ? new GameId(game) : null,
            ExpansionId = ExpansionId is { } expansion ? new ExpansionId(expansion) : null,
            UserId = UserId,
            Name = Name,
            Quantity = (int)Quantity!.Value,
            BundleSize = BundleSize == 0 ? 1 : (int)BundleSize,
            BundledQuantity = (int?)BundledQuantity,
            Description = Description,
            Tag = Tag,
            UserDataField = UserDataField,
            Price = money.Value,
            Properties = PropertiesHash ?? Properties ?? ProductProperties.Empty,
            Graded = Graded,
            GradedText = GradedText,
            UploadedImages = Images is null ? Array.Empty<ProductImage>() : Images,
            PresentFields = Seen,
            ExtensionData = Unknown,
            Faults = Notes is null ? Array.Empty<CardTraderFault>() : Notes,
        };
    }

    /// <summary>Price and properties have two forms each: the one that does not count is kept when it says something else.</summary>
    private void KeepOtherForms(Money money)
    {
        if (FlatCents is { } cents && (cents != money.Cents || FlatCurrency != money.Currency))
        {
            Keep("price_cents", JsonElement.Parse(cents.ToString(CultureInfo.InvariantCulture)));
        }

        if (FlatCurrency is { Length: > 0 } currency && (FlatCents != money.Cents || currency != money.Currency))
        {
            Keep("price_currency", JsonElement.Parse($"\"{JsonEncodedText.Encode(currency)}\""));
        }

        if (PropertiesHash is not null && Properties is not null && !PropertiesHash.Equals(Properties))
        {
            Keep("properties", JsonElement.Parse(Properties.Utf8Json.Span));
        }
    }

    private readonly string? FindMissing(Money? money)
    {
        if (Id == 0)
        {
            return "id is missing";
        }

        if (BlueprintId == 0)
        {
            return "blueprint_id is missing";
        }

        if (Quantity is null)
        {
            return "quantity is missing";
        }

        return money is null ? "price is missing, or has no currency" : null;
    }

    // The money object first, the flat pair second; neither is completed from the other, which might be of another currency.
    private readonly Money? Price()
    {
        if (PriceCents is { } cents && PriceCurrency is { Length: > 0 } currency)
        {
            return new Money(cents, currency);
        }

        return FlatCents is { } flatCents && FlatCurrency is { Length: > 0 } flatCurrency ? new Money(flatCents, flatCurrency) : null;
    }
}
