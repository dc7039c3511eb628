using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Blueprints;
using BrxSync.Sync.Changes.Blueprints;
using BrxSync.Testing;

namespace BrxSync.Sync.Tests.Changes.Blueprints;

/// <summary>What is kept in this process, and what was missed.</summary>
public sealed class BlueprintMemoryTests
{
    private static readonly PropertySet Nothing = PropertySet.Of([]);

    [Fact]
    public void Write_MoreThanItHolds_GivesUpWhatWasNotUsedForLongest()
    {
        var memory = new BlueprintMemory(3);
        memory.Write([Learned(1), Learned(2), Learned(3)]);
        memory.Find(new(1));

        memory.Write([Learned(4)]);

        memory.Count.ShouldBe(3);
        memory.Find(new(2)).ShouldBeNull();
        new long[] { 1, 3, 4 }.ShouldAllBe(id => memory.Find(new(id)) != null);
    }

    [Fact]
    public void Write_WhatIsKnown_ReplacesItAndTakesNoRoom()
    {
        var memory = new BlueprintMemory(2);
        memory.Write([Learned(1), Learned(2)]);

        memory.Write([Learned(1) with { Expansion = new ExpansionId(9) }]);

        memory.Count.ShouldBe(2);
        memory.Find(new(1)).ShouldNotBeNull().Expansion.ShouldBe(new ExpansionId(9));
        memory.Find(new(2)).ShouldNotBeNull();
    }

    [Fact]
    public void Write_AnExpansionLargerThanIt_KeepsItsBound()
    {
        var memory = new BlueprintMemory(10);

        memory.Write(Enumerable.Range(1, 1_000).Select(id => Learned(id)));

        memory.Count.ShouldBe(10);
    }

    [Fact]
    public void Misses_AfterTheirTime_AreForgotten()
    {
        var time = new ManualTimeProvider();
        var misses = new Misses<long>(TimeSpan.FromMinutes(15), time);
        misses.Add(7, new ReadDoubt("Nobody offers it.", false));
        misses.Find(8).ShouldBeNull();
        time.StepWallClock(TimeSpan.FromDays(1));
        misses.Find(7).ShouldNotBeNull();

        time.Advance(TimeSpan.FromMinutes(15));

        misses.Find(7).ShouldBeNull();
    }

    private static LearnedBlueprint Learned(long id) => new(new BlueprintId(id), null, Nothing, DateTimeOffset.UnixEpoch);
}
