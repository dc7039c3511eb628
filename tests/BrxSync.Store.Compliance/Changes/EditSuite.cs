using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>Changes as they are made here: item, journal and what is to be sent, together or not at all.</summary>
public abstract class EditSuite : ChangeSuite
{
    [Fact]
    public async Task EditAsync_SeveralFields_WritesItemJournalAndChanges()
    {
        var product = ProductWith(5);
        await SyncAsync();
        var item = await ItemAsync(product);

        var receipt = await Changes.EditAsync(
            Account,
            new ItemEdit { ItemId = item.Id, Quantity = 3, PriceCents = 1_234, Description = "new", ExpectedVersion = item.RowVersion },
            new ChangeContext { Actor = "maria", OperationId = "op-1" });

        var after = await ItemAsync(product);
        (after.Quantity, after.Price!.Value.Cents, after.Description).ShouldBe((3, 1_234, "new"));
        (receipt.Quantity, receipt.QuantityBefore, receipt.PriceCents, receipt.IsQueued).ShouldBe((3, 5, 1_234, true));
        receipt.RowVersion.ShouldBe(after.RowVersion);
        var changes = await Changes.ListAsync(Account, new ChangeQuery { OperationId = "op-1" });
        changes.Select(change => (change.Kind, change.QuantityDelta, change.Status, change.Actor)).ShouldBe(
            [
                (StockChangeKind.SetFields, 0, StockChangeStatus.Waiting, "maria"),
                (StockChangeKind.Adjust, -2, StockChangeStatus.Waiting, "maria"),
            ]);
        changes[0].Fields.ShouldBe(["price_cents", "description"]);
        (await ReplayAsync(Account))[Text(product)].ShouldBe(3);
    }

    [Fact]
    public async Task EditAsync_NothingDifferent_QueuesNothing()
    {
        var item = (await ItemsAsync(Account)).Values.First();

        var receipt = await Changes.EditAsync(
            Account,
            new ItemEdit
            {
                ItemId = item.Id,
                Quantity = item.Quantity,
                PriceCents = (int)item.Price!.Value.Cents,
                Description = item.Description ?? "",
            });

        (receipt.IsQueued, receipt.Changes.Count, receipt.RowVersion).ShouldBe((false, 0, item.RowVersion));
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldBeEmpty();
    }

    [Fact]
    public async Task EditAsync_Wrong_SaysEverythingAndWritesNothing()
    {
        var item = (await ItemsAsync(Account)).Values.First();

        var refused = await Should.ThrowAsync<ChangeRefusedException>(() => Changes.EditAsync(Account, new ItemEdit
        {
            ItemId = item.Id,
            ExpectedVersion = item.RowVersion + 1,
            QuantityDelta = -item.Quantity - 1,
            PriceCents = 0,
            Description = new string('x', 5_001),
            UserDataField = new string('x', 1_001),
            Properties = new Dictionary<string, PropertyValue?> { [""] = "x" },
        }));

        refused.Faults.Select(fault => fault.Reason).ShouldBe(
            [
                ChangeFaultReason.OutOfRange, ChangeFaultReason.TooLong, ChangeFaultReason.TooLong, ChangeFaultReason.StaleVersion,
                ChangeFaultReason.NotEnough, ChangeFaultReason.InvalidProperty,
            ]);
        refused.Faults.ShouldAllBe(fault => fault.ItemId == item.Id && fault.Message.Contains(Text(item.Id)));
        (await ItemOfRowAsync(item.Id)).ShouldBe(item);
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldBeEmpty();
    }

    [Fact]
    public async Task EditAsync_ItemOfAnotherAccount_IsUnknown()
    {
        var item = (await ItemsAsync(Account)).Values.First();
        var other = await ConnectAsync();

        var refused = await Should.ThrowAsync<ChangeRefusedException>(
            () => Changes.EditAsync(other, new ItemEdit { ItemId = item.Id, QuantityDelta = -1 }));

        refused.Faults.Single().Reason.ShouldBe(ChangeFaultReason.UnknownItem);
        (await ItemOfRowAsync(item.Id)).ShouldBe(item);
    }

    [Fact]
    public async Task SellAsync_RepeatedReference_IsTheSameSale()
    {
        var product = ProductWith(4);
        await SyncAsync();
        var item = await ItemAsync(product);

        var first = await Changes.SellAsync(Account, item.Id, 3, "order 17");
        var second = await Changes.SellAsync(Account, item.Id, 3, "order 17");

        (first.IsRepeated, second.IsRepeated).ShouldBe((false, true));
        second.Changes.ShouldBe(first.Changes);
        (await ItemAsync(product)).Quantity.ShouldBe(1);
        (await Changes.ListAsync(Account, new ChangeQuery())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SellAsync_ConcurrentlyForTheLastCopies_NeverSellsMoreThanThereAre()
    {
        var product = ProductWith(5);
        await SyncAsync();
        var item = await ItemAsync(product);

        var sales = await Task.WhenAll(Enumerable.Range(0, 12).Select(async buyer =>
        {
            try
            {
                return (await Changes.SellAsync(Account, item.Id, 1, $"buyer {buyer}")).IsQueued ? 1 : 0;
            }
            catch (ChangeRefusedException refused) when (refused.Faults.Single().Reason == ChangeFaultReason.NotEnough)
            {
                return 0;
            }
        }));

        sales.Sum().ShouldBe(5);
        (await ItemAsync(product)).Quantity.ShouldBe(0);
    }

    [Fact]
    public async Task DeleteAsync_Item_LeavesTheViewAndIsUnknownThen()
    {
        var product = ProductWith(2);
        await SyncAsync();
        var item = await ItemAsync(product);

        await Changes.DeleteAsync(Account, item.Id, item.RowVersion);

        (await ItemsAsync(Account)).ShouldNotContainKey(Text(product));
        (await Should.ThrowAsync<ChangeRefusedException>(() => Changes.DeleteAsync(Account, item.Id)))
            .Faults.Single().Reason.ShouldBe(ChangeFaultReason.UnknownItem);
        (await ReplayAsync(Account))[Text(product)].ShouldBe(0);
    }

    [Fact]
    public async Task DeleteAsync_SnapshotBeforeItIsSent_DoesNotBringTheItemBack()
    {
        var product = ProductWith(2);
        await SyncAsync();
        await Changes.DeleteAsync(Account, (await ItemAsync(product)).Id);

        await SyncAsync();

        (await ItemsAsync(Account)).ShouldNotContainKey(Text(product));
    }

    [Fact]
    public async Task EditManyAsync_GoodAndBad_MakesTheGoodOnesAndReportsTheOthers()
    {
        var items = (await ItemsAsync(Account)).Values.ToArray();
        var edits = items.Select((item, index) => new ItemEdit
        {
            ItemId = index == 3 ? -1 : item.Id, PriceCents = index == 5 ? 0 : 4_000 + index,
        }).ToArray();

        var results = await Changes.EditManyAsync(Account, edits.ToAsyncEnumerable(), new BulkEdit { OperationId = "bulk" }).ToListAsync();

        results.Select(result => result.Index).ShouldBe(Enumerable.Range(0, items.Length).Select(index => (long)index));
        results.Where(result => result.Receipt is null).Select(result => (result.Index, result.Faults.Single().Reason)).ShouldBe(
            [(3, ChangeFaultReason.UnknownItem), (5, ChangeFaultReason.OutOfRange)]);
        (await Changes.ListAsync(Account, new ChangeQuery { OperationId = "bulk", Limit = 200 })).Count.ShouldBe(items.Length - 2);
        (await ItemOfRowAsync(items[0].Id)).Price!.Value.Cents.ShouldBe(4_000);
    }

    [Fact]
    public async Task EditManyAsync_AgainWithTheSameOperation_MakesNothingTwice()
    {
        var product = ProductWith(9);
        await SyncAsync();
        var item = await ItemAsync(product);
        var edits = Enumerable.Repeat(new ItemEdit { ItemId = item.Id, QuantityDelta = -1 }, 4).ToArray();

        await Changes.EditManyAsync(Account, edits.Take(2).ToAsyncEnumerable(), new BulkEdit { OperationId = "bulk" }).ToListAsync();
        var results = await Changes.EditManyAsync(Account, edits.ToAsyncEnumerable(), new BulkEdit { OperationId = "bulk" }).ToListAsync();

        results.Select(result => result.Receipt!.IsRepeated).ShouldBe([true, true, false, false]);
        (await ItemAsync(product)).Quantity.ShouldBe(5);
    }

    [Fact]
    public async Task EditManyAsync_DryRun_TellsAndWritesNothing()
    {
        var item = (await ItemsAsync(Account)).Values.First();

        var results = await Changes.EditManyAsync(
            Account,
            new[] { new ItemEdit { ItemId = item.Id, PriceCents = 7_777 } }.ToAsyncEnumerable(),
            new BulkEdit { DryRun = true }).ToListAsync();

        results.Single().Receipt!.PriceCents.ShouldBe(7_777);
        (await ItemOfRowAsync(item.Id)).ShouldBe(item);
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldBeEmpty();
    }

    [Fact]
    public async Task OfferAsync_Item_IsThereAtOnceAndOfferedOnce()
    {
        var blueprint = new BlueprintId(Seller.GetStock()[0].BlueprintId);
        var wanted = new NewItem { BlueprintId = blueprint, Quantity = 2, PriceCents = 500, UserDataField = "shelf 3" };

        var first = await Changes.OfferAsync(Account, wanted, new ChangeContext { Reference = "new-1" });
        var second = await Changes.OfferAsync(Account, wanted, new ChangeContext { Reference = "new-1" });

        (second.IsRepeated, second.ItemId).ShouldBe((true, first.ItemId));
        var item = await ItemOfRowAsync(first.ItemId);
        (item.ProductId, item.Quantity, item.BlueprintId, item.UserDataField).ShouldBe((null, 2, blueprint, "shelf 3"));
    }

    [Fact]
    public async Task OfferAsync_SnapshotBeforeItIsSent_LeavesTheItem()
    {
        var receipt = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = new BlueprintId(Seller.GetStock()[0].BlueprintId), Quantity = 2, PriceCents = 500 });

        await SyncAsync();
        await SyncAsync();

        (await ItemOfRowAsync(receipt.ItemId)).Quantity.ShouldBe(2);
    }
}
