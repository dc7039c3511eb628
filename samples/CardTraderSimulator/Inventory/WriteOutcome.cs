using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Inventory;

/// <summary>What became of one product write.</summary>
internal sealed class WriteOutcome
{
    /// <summary>Gets or sets the product afterwards; null when nothing was done.</summary>
    public StockProduct? Product { get; set; }

    /// <summary>Gets or sets whether an equal product was there already.</summary>
    public bool Raised { get; set; }

    /// <summary>Gets or sets whether there is no such product.</summary>
    public bool NotFound { get; set; }

    /// <summary>Gets or sets a mandatory parameter that was not sent.</summary>
    public string? Missing { get; set; }

    /// <summary>Gets or sets what was done, for the list of calls.</summary>
    public string Effect { get; set; } = "";

    public FieldTexts Warnings { get; } = new();

    public FieldTexts Errors { get; } = new();

    public bool Failed => NotFound || Missing is not null || Errors.Any;

    public string Result => Failed ? "error" : Warnings.Any ? "warning" : "ok";
}
