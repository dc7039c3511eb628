namespace BrxSync.Sync.Retention;

/// <summary>Removes rows by batches, until one is not full.</summary>
internal static class Batches
{
    /// <summary>Removes what is older than an instant.</summary>
    /// <param name="before">The instant; null to keep everything.</param>
    /// <param name="size">How many rows a batch has at most.</param>
    /// <param name="drop">Removes a batch, and gives how many rows it had.</param>
    /// <param name="cancellationToken">Cancels between two batches.</param>
    /// <returns>How many rows were removed.</returns>
    public static async Task<long> DropAsync(
        DateTimeOffset? before, int size, Func<DateTimeOffset, CancellationToken, Task<int>> drop, CancellationToken cancellationToken)
    {
        if (before is not { } instant)
        {
            return 0;
        }

        var all = 0L;
        int dropped;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            dropped = await drop(instant, cancellationToken).ConfigureAwait(false);
            all += dropped;
        }
        while (dropped == size);
        return all;
    }
}
