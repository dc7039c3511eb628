using System.Security.Cryptography;
using System.Text;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator;

/// <summary>One account: its credentials, its true stock, and the edits a seller makes on the website.</summary>
public sealed class SimulatedSeller
{
    private const string Website = "website";

    private readonly Marketplace marketplace;
    private readonly SellerOptions options;
    private readonly ExportFile file;
    private readonly int place;
    private string token;

    internal SimulatedSeller(Marketplace marketplace, SellerOptions options, int place)
    {
        this.marketplace = marketplace;
        this.options = options;
        this.place = place;
        file = options.Export is { } body ? ExportFile.Read(body) : ExportFile.None;
        marketplace.Catalog.ConcludeFrom(file.Rows);
        Name = options.Name;
        token = options.Token ?? "sim-token-" + options.Name;
        SharedSecret = options.SharedSecret ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("secret of " + Name)))[..32];
        UserId = options.UserId ?? file.UserId ?? 9_000_100 + (place * 100);
        AppId = 70_000 + place;
        Currency = options.Currency;
        Parts = new SellerParts(UserId, Currency);
        Start();
    }

    /// <summary>Gets the user name.</summary>
    public string Name { get; }

    /// <summary>Gets or sets the API token; setting it makes the old one invalid, as regenerating it on the website does.</summary>
    public string Token
    {
        get => token;
        set
        {
            marketplace.ChangeToken(this, token, value);
            token = value;
        }
    }

    /// <summary>Gets the key of the webhook signature.</summary>
    public string SharedSecret { get; }

    /// <summary>Gets the account id.</summary>
    public long UserId { get; }

    /// <summary>Gets the id of the account's API app.</summary>
    public long AppId { get; }

    /// <summary>Gets the currency of the account.</summary>
    public string Currency { get; }

    /// <summary>Gets or sets where webhooks go; null for nowhere.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Gets or sets whether the offers are hidden from buyers.</summary>
    public bool OnVacation { get; set; }

    /// <summary>Gets or sets whether the account's API app is switched off: calls are answered 403 <c>application_disabled</c>.</summary>
    public bool AppDisabled { get; set; }

    /// <summary>
    /// Gets or sets a body that <c>GET /products/export</c> answers without filter instead of the stock; null for the stock.
    /// </summary>
    public ReadOnlyMemory<byte>? ExportBody { get; set; }

    /// <summary>Gets how many products are for sale.</summary>
    public int ProductCount => Stock.LiveCount;

    /// <summary>Gets the first id of ten million of this seller's own; below 2^31 for the first hundred sellers.</summary>
    private long FirstProductId => (place < 100 ? 1_000_000_000 : 10_000_000_000) + (place * 10_000_000L);

    internal SellerStock Stock { get; private set; }

    internal SellerParts Parts { get; }

    internal bool ExportStartsWithMark => file.StartsWithMark;

    /// <summary>Gets the true stock: what is for sale now, or was at an instant of the past in the marketplace's clock.</summary>
    public IReadOnlyList<StockLevel> GetStock(DateTimeOffset? asOf = null) => Stock.Levels(asOf);

    /// <summary>Finds a product that is for sale.</summary>
    public StockProduct? FindProduct(long productId) => Stock.Find(productId);

    /// <summary>Lists the products of a blueprint that are for sale.</summary>
    public IReadOnlyList<StockProduct> ProductsOf(long blueprintId) => Stock.OfBlueprint(blueprintId);

    /// <summary>Gets every change of a quantity since the start, oldest first.</summary>
    public IReadOnlyList<StockMovement> GetMovements() => Stock.Movements();

    /// <summary>Puts a product on sale, as a seller does on the website; an equal one is raised instead.</summary>
    /// <param name="blueprintId">What the product is an instance of.</param>
    /// <param name="quantity">Units to sell.</param>
    /// <param name="priceCents">Price of one unit in minor units.</param>
    /// <param name="properties">Editable properties; those not given take their default.</param>
    /// <param name="userDataField">Private text.</param>
    /// <returns>The product as it is now.</returns>
    /// <exception cref="ArgumentException">The blueprint does not exist.</exception>
    public StockProduct AddProduct(
        long blueprintId, int quantity, int priceCents, PropertyBag? properties = null, string? userDataField = null)
    {
        var blueprint = marketplace.Catalog.FindBlueprint(blueprintId)
            ?? throw new ArgumentException($"There is no blueprint {blueprintId}.", nameof(blueprintId));
        var product = ProductDraft.Create(
            blueprint, marketplace.NextId(), Currency, quantity, priceCents, properties ?? PropertyBag.Empty) with
            {
                UserDataField = userDataField,
            };
        return Stock.AddOrRaise(product, StockCause.Edit, Website, out _);
    }

    /// <summary>Sets the quantity of a product; 0 removes it.</summary>
    /// <exception cref="KeyNotFoundException">The product is not for sale.</exception>
    public void SetQuantity(long productId, int quantity) => Edit(productId, product => product with { Quantity = quantity });

    /// <summary>Sets the price of a product in minor units.</summary>
    /// <exception cref="KeyNotFoundException">The product is not for sale.</exception>
    public void Reprice(long productId, int priceCents) => Edit(productId, product => product with { PriceCents = priceCents });

    /// <summary>Changes any field of a product but its id and blueprint.</summary>
    /// <exception cref="KeyNotFoundException">The product is not for sale.</exception>
    public void Edit(long productId, Func<StockProduct, StockProduct> change)
    {
        if (!TryEdit(productId, change))
        {
            throw new KeyNotFoundException($"Product {productId} of {Name} is not for sale.");
        }
    }

    /// <summary>Takes a product off sale.</summary>
    /// <exception cref="KeyNotFoundException">The product is not for sale.</exception>
    public void RemoveProduct(long productId) => SetQuantity(productId, 0);

    /// <summary>
    /// Makes many edits at once, the same for the same arguments: some products get another quantity or price, some are added, some
    /// removed. A product that is sold out meanwhile is left alone.
    /// </summary>
    /// <param name="changed">Products to change; at most all.</param>
    /// <param name="added">Products to add.</param>
    /// <param name="removed">Products to remove; other ones than those changed.</param>
    /// <param name="seed">Chooses the products.</param>
    /// <returns>The ids of what was done.</returns>
    public StockEdits ChangeProducts(int changed, int added = 0, int removed = 0, int seed = 1) =>
        StockEdits.Apply(this, marketplace.Catalog, GetStock(), changed, added, removed, seed);

    internal bool TryEdit(long productId, Func<StockProduct, StockProduct> change) =>
        Stock.Change(
            productId,
            product => change(product) with { Id = product.Id, BlueprintId = product.BlueprintId },
            StockCause.Edit,
            Website) is not null;

    internal SimulatedBlueprint? FindBlueprint(long id) => marketplace.Catalog.FindBlueprint(id);

    /// <summary>Gives the account's export as one body; for large stocks the HTTP call is the better way.</summary>
    public byte[] RenderExport()
    {
        var target = new System.Buffers.ArrayBufferWriter<byte>();
        ExportBodyWriter.Write(target, this);
        return target.WrittenSpan.ToArray();
    }

    internal void Reset()
    {
        Token = options.Token ?? "sim-token-" + options.Name;
        AppDisabled = false;
        Start();
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(Stock))]
    private void Start()
    {
        var seed = GeneratedCatalog.Mix((ulong)(uint)marketplace.Options.Seed + ((ulong)place << 32));
        var generated = new GeneratedStock(options.Export is null ? options.Products : 0, seed, FirstProductId, Currency);
        Stock = new SellerStock(generated, file.Rows, () => marketplace.Clock.Now);
        ExportBody = file.RawBody;
        WebhookUrl = options.WebhookUrl;
        OnVacation = options.OnVacation;
    }
}
