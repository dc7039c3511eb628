using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Purchases;

/// <summary>How purchases are made.</summary>
public sealed class PurchaseOptions
{
    /// <summary>
    /// Gets or sets how long a purchase may take until its copies are taken at CardTrader: for the read, and for other changes of the
    /// product that are on their way. Then it is given up, and nothing is sold.
    /// </summary>
    /// <value>Default 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Gets or sets how long after a read that could not decide the product is read again. Purchases of one process do not need it: they
    /// queue up for a product.
    /// </summary>
    /// <value>Default 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    public TimeSpan ReadAgainAfter { get; set; } = TimeSpan.FromSeconds(1);
}
