namespace BrxSync.Client.Jobs;

/// <summary>Says what a bulk run does with its products.</summary>
public enum BulkKind
{
    /// <summary>Offers new products. A batch whose answer was lost is in doubt and never sent again.</summary>
    Create = 0,

    /// <summary>Sets values of products.</summary>
    Update = 1,

    /// <summary>Removes products.</summary>
    Delete = 2,
}
