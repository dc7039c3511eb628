using BrxSync.Client;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>What may be sent of the properties of a product, and what became of the rest.</summary>
internal sealed record PropertyPlan
{
    /// <summary>Gets the blueprint.</summary>
    public required BlueprintId Blueprint { get; init; }

    /// <summary>Gets what to send, with CardTrader's names and values.</summary>
    public required IReadOnlyDictionary<string, PropertyValue> Send { get; init; }

    /// <summary>Gets what does not go out as it was entered; empty when everything does.</summary>
    public required IReadOnlyList<PropertyNote> Notes { get; init; }

    /// <summary>Gets when the definitions were learned that the plan rests on.</summary>
    /// <value>Null when none were needed, or none are known: then the plan rests on the product itself.</value>
    public DateTimeOffset? LearnedAt { get; init; }

    /// <summary>Gets why the definitions are missing, or older than they should be.</summary>
    /// <value>Null when there is nothing to doubt.</value>
    public string? Doubt { get; init; }

    /// <summary>Gets whether what is in doubt may be known later: a change that matters can wait for it.</summary>
    public bool MayPass { get; init; }
}
