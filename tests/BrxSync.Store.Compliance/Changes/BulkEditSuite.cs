using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>Many edits in one go are an operation: other processes see how far it is and end it, and it goes on where it was.</summary>
public abstract class BulkEditSuite : ChangeSuite
{
    /// <summary>As many as make three parts.</summary>
    private const int Many = 4_100;
    private const int Part = 2_000;

    private readonly BulkEdit _bulk = new() { Actor = "maria", Expected = Many };

    private IOperations Operations => Host.Services.GetRequiredService<IOperations>();

    [Fact]
    public async Task EditManyAsync_ManyEdits_IsAnOperationWithItsCounts()
    {
        var item = await StockedItemAsync();
        ItemEdit[] edits =
        [
            .. Additions(item, Many - 100),
            .. Enumerable.Repeat(new ItemEdit { ItemId = item.Id, PriceCents = (int)item.Price!.Value.Cents }, 60),
            .. Enumerable.Repeat(new ItemEdit { ItemId = -1, PriceCents = 5 }, 40),
        ];

        var results = await EditAsync(Host, edits);

        results.Count.ShouldBe(Many);
        var operation = (await Operations.FindAsync(_bulk.OperationId)).ShouldNotBeNull();
        (operation.Kind, operation.Status, operation.AccountId, operation.Error).ShouldBe(
            (OperationKinds.BulkEdit, OperationStatus.Completed, Account, null));
        var progress = operation.Progress.ShouldNotBeNull();
        (progress.Updated, progress.Unchanged, progress.Skipped).ShouldBe((Many - 100, 60, 40));
        (progress.Processed, progress.Percent).ShouldBe((Many, 100));
        (await Operations.ListAsync(Account, 1)).Single().Id.ShouldBe(operation.Id);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many - 100);
        (await ReplayAsync(Account))[item.ProductId!.Value.ToString()].ShouldBe(item.Quantity + Many - 100);
    }

    [Fact]
    public async Task EditManyAsync_PartsOfBothKinds_WritesTheJournalWithoutAGap()
    {
        var item = await StockedItemAsync();
        var before = await Host.Services.GetRequiredService<IStock>().GetJournalPositionAsync(Account);

        await EditAsync(Host, Additions(item, 300).Concat([new ItemEdit { ItemId = item.Id, QuantityDelta = -1, PriceCents = 9_999 }]));

        var entries = await Host.Services.GetRequiredService<IStock>().StreamJournalAsync(Account, before).ToListAsync();
        entries.Select(entry => entry.Position - before).ShouldBe(Enumerable.Range(1, 301).Select(place => (long)place));
        entries.ShouldAllBe(entry => entry.Actor == "maria");
        entries.Take(300).ShouldAllBe(entry => entry.After == entry.Before + 1 && entry.PriceAfter == 9_999);
        (entries[300].PriceBefore, entries[300].PriceAfter).ShouldBe(((int)item.Price!.Value.Cents, 9_999));
        (entries[300].After - entries[300].Before).ShouldBe(-1);
        var changes = await Changes.ListAsync(Account, new ChangeQuery { OperationId = _bulk.OperationId, Limit = 200 });
        changes.ShouldAllBe(change => change.History.Count == 1 && change.History[0].Status == StockChangeStatus.Waiting);
    }

    [Fact]
    public async Task EditManyAsync_UnderWay_IsWatchedFromAnotherProcess()
    {
        var item = await StockedItemAsync();
        var elsewhere = StartHost().Services.GetRequiredService<IOperations>();
        var results = Run(Host, Additions(item, Many));
        await using var closing = results.ConfigureAwait(false);
        await ReadAsync(results, Part);

        var half = await DriveAsync(elsewhere.WatchAsync(_bulk.OperationId)
            .FirstAsync(operation => operation.Progress?.Processed == Part).AsTask());
        await ReadToEndAsync(results);
        var last = await DriveAsync(elsewhere.WatchAsync(_bulk.OperationId).LastAsync().AsTask());

        (half.Status, half.Progress!.Percent).ShouldBe((OperationStatus.Running, 48));
        (last.Status, last.Progress!.Updated).ShouldBe((OperationStatus.Completed, Many));
    }

    [Fact]
    public async Task CancelAsync_FromAnotherProcess_EndsBetweenTwoPartsAndIsResumed()
    {
        var item = await StockedItemAsync();
        var other = StartHost();
        var results = Run(Host, Additions(item, Many));
        await ReadAsync(results, Part);

        (await other.Services.GetRequiredService<IOperations>().CancelAsync(_bulk.OperationId)).ShouldBeTrue();

        await Should.ThrowAsync<OperationCanceledException>(() => ReadToEndAsync(results));
        await results.DisposeAsync();
        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Part);

        var resumed = await EditAsync(other, Additions(item, Many));

        resumed.Count(result => result.Receipt!.IsRepeated).ShouldBe(Part);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many);
        var operation = (await Operations.FindAsync(_bulk.OperationId)).ShouldNotBeNull();
        (operation.Status, operation.Progress!.Updated).ShouldBe((OperationStatus.Completed, Many));
    }

    [Fact]
    public async Task EditManyAsync_ProcessGone_GoesOnAfterItsPatience()
    {
        var item = await StockedItemAsync();
        await EditAsync(Host, Additions(item, Part));
        var killed = StartHost().Services.GetRequiredService<IOperationStore>();
        (await killed.BeginAsync(Account, _bulk.OperationId, OperationKinds.BulkEdit)).ShouldNotBeNull();

        (await Should.ThrowAsync<SyncInProgressException>(() => EditAsync(Host, Additions(item, Many))))
            .OperationId.ShouldBe(_bulk.OperationId);
        Time.Advance(TimeSpan.FromMinutes(6));
        await EditAsync(Host, Additions(item, Many));

        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Completed);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many);
    }

    [Fact]
    public async Task CloseSilentAsync_ProcessGone_IsFailedAndCanBeResumed()
    {
        var item = await StockedItemAsync();
        var store = StartHost().Services.GetRequiredService<IOperationStore>();
        await store.BeginAsync(Account, _bulk.OperationId, OperationKinds.BulkEdit);

        (await store.CloseSilentAsync(OperationKinds.BulkEdit)).ShouldBe(0);
        Time.Advance(TimeSpan.FromMinutes(6));
        (await store.CloseSilentAsync(OperationKinds.BulkEdit)).ShouldBe(1);

        var closed = (await Operations.FindAsync(_bulk.OperationId)).ShouldNotBeNull();
        (closed.Status, closed.CompletedAt).ShouldBe((OperationStatus.Failed, Time.GetUtcNow()));
        closed.Error.ShouldNotBeNull();
        await EditAsync(Host, Additions(item, 3));
        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task EditManyAsync_TakenOverWhileItSlept_MakesNothingMore()
    {
        var item = await StockedItemAsync();
        var asleep = Run(Host, Additions(item, Many));
        await ReadAsync(asleep, Part);
        await Store.ExecuteAsync($"update sync_operations set heartbeat_at = {Store.LongAgo} where operation_id = '{_bulk.OperationId}'");

        await EditAsync(StartHost(), Additions(item, Many));

        await Should.ThrowAsync<SyncFencedException>(() => ReadToEndAsync(asleep));
        await asleep.DisposeAsync();
        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Completed);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many);
    }

    [Fact]
    public async Task EditManyAsync_FinishedBefore_GivesTheSameAndMakesNothing()
    {
        var item = await StockedItemAsync();
        await EditAsync(Host, Additions(item, Many));
        var first = (await Operations.FindAsync(_bulk.OperationId))!.Progress!;

        var again = await EditAsync(StartHost(), Additions(item, Many));

        again.ShouldAllBe(result => result.Receipt!.IsRepeated);
        var second = (await Operations.FindAsync(_bulk.OperationId)).ShouldNotBeNull();
        (second.Status, second.Progress!.Updated, second.Progress.Processed).ShouldBe(
            (OperationStatus.Completed, first.Updated, first.Processed));
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many);
    }

    [Fact]
    public async Task EditManyAsync_TwoOfOneAccount_GoOnBesideEachOther()
    {
        var item = await StockedItemAsync();
        var results = Run(Host, Additions(item, Many));
        await ReadAsync(results, 1);

        var nightly = new BulkEdit { OperationId = "nightly" };
        await Changes.EditManyAsync(Account, Additions(item, 3).ToAsyncEnumerable(), nightly).ToListAsync();
        await ReadToEndAsync(results);
        await results.DisposeAsync();

        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Many + 3);
        (await Operations.FindAsync(nightly.OperationOf(Account)))!.Progress!.Updated.ShouldBe(3);
    }

    [Fact]
    public async Task EditManyAsync_NotReadToTheEnd_IsCancelled()
    {
        var item = await StockedItemAsync();

        await using (var results = Run(Host, Additions(item, Many)))
        {
            await ReadAsync(results, 1);
        }

        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(item.Quantity + Part);
    }

    [Fact]
    public async Task EditManyAsync_SourceFails_IsFailed()
    {
        var item = await StockedItemAsync();

        await Should.ThrowAsync<FormatException>(() => Changes.EditManyAsync(Account, BadSource(item), _bulk).ToListAsync().AsTask());

        (await Operations.FindAsync(_bulk.OperationId))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task CancelAsync_BulkEditBesideASync_FencesTheOneThatIsMeant()
    {
        var (sync, edit) = ((await Store.Operations.TryStartAsync(Account, OperationKinds.FullSync))!, _bulk.OperationId);
        await Store.ExecuteAsync("update user_sync_settings set epoch = 5000");

        await Store.Operations.BeginAsync(Account, edit, OperationKinds.BulkEdit);
        (await Store.Operations.CancelAsync(Account, edit)).ShouldBeTrue();
        (await Store.ExecuteAsync("update user_sync_settings set epoch = epoch where epoch = 5000")).ShouldBe(1);
        (await Store.Operations.FindAsync(sync.Id))!.IsLive.ShouldBeTrue();

        await Store.Operations.BeginAsync(Account, edit, OperationKinds.BulkEdit);
        (await Store.Operations.CancelAsync(Account, sync.Id)).ShouldBeTrue();
        (await Store.ExecuteAsync("update user_sync_settings set epoch = epoch where epoch = 5001")).ShouldBe(1);
        (await Store.Operations.FindAsync(edit))!.IsLive.ShouldBeTrue();
    }

    private static IEnumerable<ItemEdit> Additions(InventoryItem item, int count) =>
        Enumerable.Repeat(new ItemEdit { ItemId = item.Id, QuantityDelta = 1 }, count);

    private static async IAsyncEnumerable<ItemEdit> BadSource(InventoryItem item)
    {
        yield return new ItemEdit { ItemId = item.Id, QuantityDelta = 1 };
        await Task.CompletedTask;
        throw new FormatException("Line 2 is no edit.");
    }

    private static async Task ReadAsync(IAsyncEnumerator<ItemEditResult> results, int count)
    {
        for (var i = 0; i < count; i++)
        {
            (await results.MoveNextAsync()).ShouldBeTrue();
        }
    }

    private static async Task ReadToEndAsync(IAsyncEnumerator<ItemEditResult> results)
    {
        while (await results.MoveNextAsync())
        {
            results.Current.Receipt.ShouldNotBeNull();
        }
    }

    private IAsyncEnumerator<ItemEditResult> Run(ShopHost host, IEnumerable<ItemEdit> edits) =>
        host.Services.GetRequiredService<IChanges>().EditManyAsync(Account, edits.ToAsyncEnumerable(), _bulk).GetAsyncEnumerator();

    private async Task<List<ItemEditResult>> EditAsync(ShopHost host, IEnumerable<ItemEdit> edits) =>
        await host.Services.GetRequiredService<IChanges>().EditManyAsync(Account, edits.ToAsyncEnumerable(), _bulk).ToListAsync();

    private async Task<InventoryItem> StockedItemAsync() => await ItemAsync(await StockedAsync(3));
}
