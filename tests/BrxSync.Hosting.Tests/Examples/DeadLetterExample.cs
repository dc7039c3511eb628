using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The example of the page on dead letters.</summary>
internal static class DeadLetterExample
{
    public static async Task<int> DecideAsync(
        IServiceProvider services, AccountId account, Func<DeadLetter, bool> isCauseGone, CancellationToken cancellationToken)
    {
        var decided = 0;

        // example: decide
        var letters = services.GetRequiredService<IDeadLetters>();
        var query = new DeadLetterQuery { Status = DeadLetterStatus.Open };
        do
        {
            var page = await letters.ListAsync(account, query, cancellationToken);
            foreach (var letter in page.Items.Where(isCauseGone))
            {
                await letters.ReplayAsync(account, letter.Id, by: "ann", cancellationToken);
                decided++;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        // end
        return decided;
    }

    public static async Task<DeadLetterProgress> ReplayAllAsync(
        IDeadLetters letters,
        DateTimeOffset outageEndedAt,
        string? goOnFrom,
        Action<DeadLetterProgress> report,
        CancellationToken cancellationToken)
    {
        // example: replay-all
        var query = new DeadLetterQuery { Source = DeadLetterSources.Jobs, FailedBefore = outageEndedAt, Cursor = goOnFrom };
        var done = await letters.ReplayAllAsync(
            accountId: null, query, by: "ann", new Progress<DeadLetterProgress>(report), cancellationToken);

        // end
        return done;
    }
}
