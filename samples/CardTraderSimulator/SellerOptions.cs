namespace BrxSync.Simulator;

/// <summary>Describes one account of the simulated marketplace.</summary>
public sealed class SellerOptions
{
    /// <summary>Gets or sets the user name, by which the host and the control interface find the seller.</summary>
    /// <value><c>demo</c></value>
    public string Name { get; set; } = "demo";

    /// <summary>Gets or sets the API token.</summary>
    /// <value>null: <c>sim-token-</c> and the name</value>
    public string? Token { get; set; }

    /// <summary>Gets or sets the key of the webhook signature, hexadecimal text.</summary>
    /// <value>null: calculated from the name</value>
    public string? SharedSecret { get; set; }

    /// <summary>Gets or sets the account id.</summary>
    /// <value>null: the owner that the export file names, else 9,000,100 and every hundredth after it</value>
    public long? UserId { get; set; }

    /// <summary>Gets or sets the currency of the account.</summary>
    /// <value><c>EUR</c></value>
    public string Currency { get; set; } = "EUR";

    /// <summary>Gets or sets how many products are generated, up to 10,000,000; ignored when <see cref="Export"/> is set.</summary>
    /// <value>1,000</value>
    public int Products { get; set; } = 1_000;

    /// <summary>Gets or sets a body of <c>GET /products/export</c> to start from. Its rows keep their bytes; a body that is not an array of
    /// products is served as it is.</summary>
    public ReadOnlyMemory<byte>? Export { get; set; }

    /// <summary>Gets or sets where the marketplace sends webhooks; null for nowhere.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Gets or sets whether the seller is on vacation, which hides the offers from buyers.</summary>
    public bool OnVacation { get; set; }
}
