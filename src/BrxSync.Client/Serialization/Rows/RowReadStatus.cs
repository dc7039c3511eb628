namespace BrxSync.Client.Serialization.Rows;

/// <summary>Says what reading from the buffered part of a body gave.</summary>
internal enum RowReadStatus
{
    /// <summary>More bytes of the body are needed.</summary>
    NeedsMore = 0,

    /// <summary>A row was read.</summary>
    Row,

    /// <summary>The array is complete and nothing follows it.</summary>
    End,
}
