using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Tests.Snapshots;

public sealed class ProductIdSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Add_SecondTime_IsFalse(long id)
    {
        var set = new ProductIdSet();

        set.Add(id).ShouldBeTrue();
        set.Add(id).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(1L << 10)]
    [InlineData(1L << 32)]
    [InlineData(1L << 44)]
    public void Add_ManyIdsOfAnyPattern_KnowsEachThroughEveryGrowth(long step)
    {
        var set = new ProductIdSet();
        const int Count = 20_000;

        for (var i = 1; i <= Count; i++)
        {
            set.Add(i * step).ShouldBeTrue();
        }

        for (var i = 1; i <= Count; i++)
        {
            set.Add(i * step).ShouldBeFalse();
            set.Add(-i * step).ShouldBeTrue();
        }
    }

    [Fact]
    public void Add_IdsThatFallOnTheSamePlace_AreToldApart()
    {
        // Ids whose product with the multiplier differs in its lowest bits alone begin at the last place, and go on at the first.
        var inverse = InverseOf(0x9E3779B97F4A7C15);
        var set = new ProductIdSet();
        for (var i = 1UL; i <= 500; i++)
        {
            set.Add((long)((ulong.MaxValue - i) * inverse)).ShouldBeTrue();
        }

        for (var i = 1UL; i <= 500; i++)
        {
            set.Add((long)((ulong.MaxValue - i) * inverse)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Add_RandomIds_AgreesWithASet()
    {
        var random = new Random(20261130);
        var (set, expected) = (new ProductIdSet(), new HashSet<long>());
        for (var i = 0; i < 50_000; i++)
        {
            var id = random.NextInt64(-20_000, 20_000);
            set.Add(id).ShouldBe(expected.Add(id));
        }
    }

    private static ulong InverseOf(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 6; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
