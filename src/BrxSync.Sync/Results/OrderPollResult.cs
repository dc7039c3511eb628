namespace BrxSync.Sync;

/// <summary>What a poll of orders found.</summary>
public sealed record OrderPollResult
{
    /// <summary>Gets how many orders were read.</summary>
    public required int Read { get; init; }

    /// <summary>Gets how many of them changed what counts as sold: no webhook had told of that.</summary>
    public required int Applied { get; init; }

    /// <summary>Gets how many orders were to be fetched by their ids: a list said too little of them, or did not hold them.</summary>
    public required int ToFetch { get; init; }

    /// <summary>
    /// Gets how many orders were fetched by their ids, those asked for before included. Those that could not be are tried again later, or
    /// become dead letters, and until then it is not said of any instant that all orders up to it are known.
    /// </summary>
    public required int Fetched { get; init; }

    /// <summary>
    /// Gets how many rows of the lists could not be read. Those whose order could be told are among <see cref="ToFetch"/>, the others are
    /// dead letters.
    /// </summary>
    public int Unreadable { get; init; }
}
