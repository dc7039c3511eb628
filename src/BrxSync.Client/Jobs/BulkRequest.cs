using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Jobs;

/// <summary>Hands batches in.</summary>
internal static class BulkRequest
{
    /// <summary>The most elements that have been seen to work in one call.</summary>
    public const int MaxBatchSize = 450;

    /// <summary>Checks and hands in one batch that the caller cut.</summary>
    public static async Task<JobReceipt> SubmitAsync(
        AccountSender sender, BulkItems items, int offset, int count, CancellationToken cancellationToken)
    {
        var call = items.ToCall(offset, 0);
        var faults = items.FindFaults();
        if (count is < 1 or > MaxBatchSize)
        {
            faults.Insert(0, new CardTraderFault("products", $"{count} products; one call takes 1 to {MaxBatchSize}."));
        }

        sender.ThrowIfInvalid(call, faults);
        return await SendAsync(sender, items, offset, count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands in one batch that was checked before.</summary>
    public static Task<JobReceipt> SendAsync(
        AccountSender sender, BulkItems items, int offset, int count, CancellationToken cancellationToken) =>
        sender.ReadAsync(items.ToCall(offset, count), JobReader.ReadReceipt, cancellationToken);
}
