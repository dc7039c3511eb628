using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Jobs;

/// <summary>Hands batches in.</summary>
internal static class BulkRequest
{
    /// <summary>The most elements that have been seen to work in one call.</summary>
    public const int MaxBatchSize = 450;

    /// <summary>Checks and hands in one batch that the caller cut.</summary>
    public static async Task<JobReceipt> SubmitAsync(
        IInventoryEndpoints endpoints, BulkItems items, int offset, int count, CancellationToken cancellationToken)
    {
        var faults = items.FindFaults();
        if (count is < 1 or > MaxBatchSize)
        {
            faults.Insert(0, new CardTraderFault("products", $"{count} products; one call takes 1 to {MaxBatchSize}."));
        }

        CallErrors.ThrowIfInvalid(HttpMethod.Post, items.Route, faults);
        return await SendAsync(endpoints, items, offset, count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands in one batch that was checked before.</summary>
    public static Task<JobReceipt> SendAsync(
        IInventoryEndpoints endpoints, BulkItems items, int offset, int count, CancellationToken cancellationToken)
    {
        var slice = new BulkSlice(items, offset, count);
        return items.Kind switch
        {
            BulkKind.Create => endpoints.BulkCreateAsync(slice, cancellationToken),
            BulkKind.Update => endpoints.BulkUpdateAsync(slice, cancellationToken: cancellationToken),
            _ => endpoints.BulkDeleteAsync(slice, cancellationToken: cancellationToken),
        };
    }
}
