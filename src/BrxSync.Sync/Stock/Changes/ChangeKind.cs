namespace BrxSync.Sync.Stock.Changes;

/// <summary>What a change asks of the marketplace.</summary>
internal enum ChangeKind
{
    /// <summary>Add to the quantity, or take from it. A second call would count twice.</summary>
    Adjust,

    /// <summary>Set fields to values. A second call changes nothing more.</summary>
    SetFields,

    /// <summary>Remove the product. A second call finds nothing to remove.</summary>
    Delete,

    /// <summary>Put a new product on sale. A second call would add to it.</summary>
    Create,
}
