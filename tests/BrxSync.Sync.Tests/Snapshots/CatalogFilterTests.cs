using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Tests.Snapshots;

public sealed class CatalogFilterTests
{
    private static readonly CatalogPrint Print = new("cards_prints", 1);

    private readonly StubCatalog _catalog = new();

    private static SnapshotRow[] Rows(params IEnumerable<long> blueprints) =>
        [.. blueprints.Select((blueprint, index) => new SnapshotRow(index, ProductOf.Id(index + 1, blueprint), 0))];

    [Fact]
    public async Task Mark_WithoutACatalogue_LeavesEveryRow()
    {
        var (filter, rows) = (new CatalogFilter(null), Rows(1, 2));

        await filter.MarkAsync(rows, default);

        rows.ShouldAllBe(row => row.MayCreate);
        (filter.Save().Unknown, filter.Save().Excluded).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Mark_Batch_BarsWhatIsNotMappedByOneLookUp()
    {
        _catalog.Mapped(1);
        _catalog.Excluded(2);
        var (filter, rows) = (new CatalogFilter(_catalog), Rows(1, 2, 3, 1, 3));

        await filter.MarkAsync(rows, default);

        rows.Select(row => row.MayCreate).ShouldBe([true, false, false, true, false]);
        rows.Select(row => row.Product.Id.Value).ShouldBe([1, 2, 3, 4, 5]);
        _catalog.Asked.ShouldHaveSingleItem().ShouldBe([1, 2, 3, 1, 3]);
        (filter.Save().Unknown, filter.Save().Excluded).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Mark_PartOfAnArray_TouchesNothingElse()
    {
        var (filter, rows) = (new CatalogFilter(_catalog), Rows(1, 2, 3, 4));

        await filter.MarkAsync(new ArraySegment<SnapshotRow>(rows, 1, 2), default);

        rows.Select(row => row.MayCreate).ShouldBe([true, false, false, true]);
        _catalog.Asked.ShouldHaveSingleItem().ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Mark_SecondBatch_AsksForThatBatchAlone()
    {
        var filter = new CatalogFilter(_catalog);

        await filter.MarkAsync(Rows(1, 2), default);
        await filter.MarkAsync(Rows(3), default);

        _catalog.Asked.Select(ids => ids.Length).ShouldBe([2, 1]);
        filter.Save().Unknown.ShouldBe(3);
    }

    [Fact]
    public async Task Mark_CatalogueThatCannotBeAsked_FailsAndMarksNothing()
    {
        var (filter, rows) = (new CatalogFilter(_catalog), Rows(1));
        _catalog.Failure = new CatalogUnavailableException("away");

        await Should.ThrowAsync<CatalogUnavailableException>(async () => await filter.MarkAsync(rows, default));

        rows.ShouldAllBe(row => row.MayCreate);
        filter.Save().Unknown.ShouldBe(0);
    }

    [Fact]
    public async Task Describe_NothingLeftOut_SaysNothing()
    {
        var filter = new CatalogFilter(_catalog);
        await filter.MarkAsync(Rows(1), default);

        filter.Describe(0).ShouldBeEmpty();
    }

    [Fact]
    public async Task Describe_UnknownAndExcluded_NamesBoth()
    {
        _catalog.Excluded(5);
        var filter = new CatalogFilter(_catalog);
        await filter.MarkAsync(Rows(31, 5, 30, 31), default);

        filter.Describe(3).ShouldBe(
        [
            "3 products were not created: 3 products of the export are not in the catalogue (blueprints 30, 31), 1 are in excluded tables "
                + "of the catalogue. Those that are linked already are kept in step.",
        ]);
    }

    [Theory]
    [InlineData(10, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10")]
    [InlineData(11, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...")]
    public async Task Describe_ManyUnknown_NamesTenAndSaysWhetherThereAreMore(int count, string samples)
    {
        var filter = new CatalogFilter(_catalog);
        await filter.MarkAsync(Rows(Enumerable.Range(1, count).Select(i => (long)i)), default);

        filter.Describe(count).ShouldHaveSingleItem().ShouldContain($"(blueprints {samples})");
    }

    [Fact]
    public async Task Restore_WhatWasSaved_GoesOnCounting()
    {
        _catalog.Excluded(5);
        var first = new CatalogFilter(_catalog);
        await first.MarkAsync(Rows(1, 2, 5), default);

        var second = new CatalogFilter(_catalog);
        second.Restore(first.Save());
        await second.MarkAsync(Rows(3, 5), default);

        (second.Save().Unknown, second.Save().Excluded).ShouldBe((3, 2));
        second.Save().Samples.ShouldBe([1, 2, 3]);
        second.Describe(5).ShouldHaveSingleItem().ShouldContain(" 3 products of the export are not in the catalogue (blueprints 1, 2, 3)");
    }

    private sealed class StubCatalog : ICatalog
    {
        private readonly Dictionary<BlueprintId, CatalogMatch> _matches = [];

        public List<long[]> Asked { get; } = [];

        public Exception? Failure { get; set; }

        public void Mapped(long blueprint) => _matches[new BlueprintId(blueprint)] = CatalogMatch.Mapped(Print);

        public void Excluded(long blueprint) => _matches[new BlueprintId(blueprint)] = CatalogMatch.Excluded(Print);

        public Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> LookupAsync(
            IReadOnlyCollection<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
        {
            Asked.Add([.. blueprintIds.Select(id => id.Value)]);
            return Failure is null
                ? Task.FromResult<IReadOnlyDictionary<BlueprintId, CatalogMatch>>(
                    blueprintIds.Distinct().ToDictionary(id => id, id => _matches.GetValueOrDefault(id, CatalogMatch.Unknown)))
                : Task.FromException<IReadOnlyDictionary<BlueprintId, CatalogMatch>>(Failure);
        }

        public Task CheckAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
