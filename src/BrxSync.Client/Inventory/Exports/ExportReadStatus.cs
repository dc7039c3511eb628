namespace BrxSync.Client.Inventory.Exports;

/// <summary>Says what reading from the buffered part of an export gave.</summary>
internal enum ExportReadStatus
{
    /// <summary>More bytes of the body are needed.</summary>
    NeedsMore = 0,

    /// <summary>A row was read.</summary>
    Row,

    /// <summary>The array is complete and nothing follows it.</summary>
    End,
}
