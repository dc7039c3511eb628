using System.Text.Json;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Reconciliation;
using Microsoft.Extensions.DependencyInjection;

/// <summary>Tells in one line everything that a host can read of an account.</summary>
internal sealed class StoreReading(IServiceProvider services, AccountId account)
{
    private const int Many = 200;

    public async Task<string> TellAsync()
    {
        await services.GetRequiredService<SyncFreshness>().RefreshAsync();
        var accounts = services.GetRequiredService<IAccountStore>();
        var inventory = services.GetRequiredService<IStock>();
        var items = await ListAsync(inventory.StreamAsync(account));
        return JsonSerializer.Serialize(new
        {
            Account = await accounts.FindAsync(account),
            Accounts = await ListAsync(accounts.StreamAsync()),
            Items = items,
            Item = await inventory.FindAsync(account, items[0].ProductId!.Value),
            Summary = await inventory.SummarizeAsync(account),
            Journal = await ListAsync(inventory.StreamJournalAsync(account)),
            Operations = await services.GetRequiredService<IOperationStore>().ListAsync(account, Many),
            Snapshots = await services.GetRequiredService<ISnapshotReview>().ListAsync(account, Many),
            Drift = await services.GetRequiredService<IDriftReports>().ListAsync(account, Many),
            DeadLetters = await services.GetRequiredService<IDeadLetters>().ListAsync(account, new DeadLetterQuery { Limit = Many }),
            Work = await services.GetRequiredService<IWorkStore>().FindAsync(account),
        });
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
        {
            list.Add(row);
        }

        return list;
    }
}
