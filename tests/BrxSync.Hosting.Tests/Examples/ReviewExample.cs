using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to accepting a fall.</summary>
internal static class ReviewExample
{
    public static async Task<SnapshotSummary?> AcceptAsync(
        IServiceProvider services, AccountId account, Func<SnapshotSummary, bool> operatorSaysYes, CancellationToken cancellationToken)
    {
        // example: accept
        var review = services.GetRequiredService<ISnapshotReview>();
        var snapshots = await review.ListAsync(account, 20, cancellationToken);
        var withheld = snapshots.FirstOrDefault(snapshot => snapshot.CanBeAccepted);
        if (withheld is not null && operatorSaysYes(withheld))
        {
            return await review.AcceptAsync(account, withheld.OperationId, cancellationToken);
        }

        // end
        return null;
    }
}
