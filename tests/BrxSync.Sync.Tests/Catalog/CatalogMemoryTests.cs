using BrxSync.Client;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Catalog;

/// <summary>The memory of the catalogue is bounded, and each answer has its time.</summary>
public sealed class CatalogMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    private CatalogMemory Memory(int maxEntries = 100) => new(
        new CatalogCacheOptions
        {
            MaxEntries = maxEntries, TimeToLive = TimeSpan.FromHours(2), UnknownTimeToLive = TimeSpan.FromMinutes(1),
        }, _time);

    [Fact]
    public void Write_FarMoreThanFits_StaysWithinItsBoundAndHoldsTheNewest()
    {
        var memory = Memory(maxEntries: 50);

        memory.Write(Enumerable.Range(1, 10_000).Select(i => Entry(i)));

        memory.Count.ShouldBe(50);
        Held(memory, Enumerable.Range(1, 10_000)).ShouldBe(Enumerable.Range(9_951, 50));
    }

    [Fact]
    public void Write_Full_GivesUpWhatWasNotUsed()
    {
        var memory = Memory(maxEntries: 10);
        memory.Write(Enumerable.Range(1, 10).Select(i => Entry(i)));
        Held(memory, [2, 4, 6]);

        memory.Write(Enumerable.Range(100, 7).Select(i => Entry(i)));

        Held(memory, Enumerable.Range(1, 10)).ShouldBe([2, 4, 6]);
        memory.Count.ShouldBe(10);
    }

    [Fact]
    public void Write_EverythingUsed_StillMakesRoom()
    {
        var memory = Memory(maxEntries: 3);
        memory.Write(Enumerable.Range(1, 3).Select(i => Entry(i)));
        Held(memory, [1, 2, 3]);

        memory.Write([Entry(4)]);

        Held(memory, [4]).ShouldBe([4]);
        memory.Count.ShouldBe(3);
    }

    [Fact]
    public void Read_AfterTheirTimes_ForgetsUnknownBeforeKnown()
    {
        var memory = Memory();
        memory.Write([Entry(1), new(new BlueprintId(2), CatalogMatch.Unknown)]);

        _time.Advance(TimeSpan.FromSeconds(59));
        Held(memory, [1, 2]).ShouldBe([1, 2]);
        _time.Advance(TimeSpan.FromSeconds(1));
        Held(memory, [1, 2]).ShouldBe([1]);
        _time.Advance(TimeSpan.FromHours(2));
        Held(memory, [1, 2]).ShouldBeEmpty();
    }

    [Fact]
    public void Read_RepeatedAndFoundIds_GivesEachMissOnce()
    {
        var memory = Memory();
        var found = new Dictionary<BlueprintId, CatalogMatch> { [new(7)] = CatalogMatch.Unknown };

        var misses = memory.Read([new(9), new(7), new(9), new(8)], found);

        misses.ShouldBe([new(9), new(8)]);
    }

    private static KeyValuePair<BlueprintId, CatalogMatch> Entry(int id) =>
        new(new BlueprintId(id), CatalogMatch.Mapped(new CatalogPrint("t", id)));

    private static int[] Held(CatalogMemory memory, IEnumerable<int> ids)
    {
        var found = new Dictionary<BlueprintId, CatalogMatch>();
        memory.Read([.. ids.Select(id => new BlueprintId(id))], found);
        found.Where(pair => pair.Value.Print is { } print && print.Id != pair.Key.Value).ShouldBeEmpty();
        return [.. found.Keys.Select(id => (int)id.Value).Order()];
    }
}
