namespace BrxSync.Sync;

/// <summary>Names the ways in which local stock and CardTrader can differ, as stored and shown.</summary>
public static class DriftKinds
{
    /// <summary>CardTrader lists a product that is not in the local stock.</summary>
    public const string MissingLocal = "missing_local";

    /// <summary>A product is on sale in the local stock that CardTrader does not list.</summary>
    public const string MissingRemote = "missing_remote";

    /// <summary>The quantities differ.</summary>
    public const string Quantity = "quantity";

    /// <summary>The prices differ.</summary>
    public const string Price = "price";

    /// <summary>The products are linked to different blueprints.</summary>
    public const string Blueprint = "blueprint";

    /// <summary>The properties differ.</summary>
    public const string Properties = "properties";

    /// <summary>The public descriptions differ.</summary>
    public const string Description = "description";

    /// <summary>The seller's private texts differ.</summary>
    public const string UserDataField = "user_data_field";

    /// <summary>One side says graded, the other does not.</summary>
    public const string Graded = "graded";

    /// <summary>
    /// The local row is not in the state that CardTrader's answer means, for instance still missing although it is listed again.
    /// </summary>
    public const string Status = "status";
}
