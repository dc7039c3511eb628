using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Testing;

namespace BrxSync.Sync.Tests.Adapters.PostgreSql;

/// <summary>How old what a standby shows may be, told from positions alone.</summary>
public sealed class ReplicaLagTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ReplicaLag _lag;

    public ReplicaLagTests() => _lag = new ReplicaLag(_time);

    [Fact]
    public void Measure_NothingNoted_IsNotKnown()
    {
        _lag.Measure(100).ShouldBeNull();
        _lag.Age.ShouldBeNull();
    }

    [Fact]
    public void Measure_CaughtUp_IsTheAgeOfTheNewestNote()
    {
        Note(100);
        Pass(3);

        _lag.Measure(100).ShouldBe(TimeSpan.FromSeconds(3));
        _lag.Measure(150).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Measure_Behind_IsTheAgeOfTheNewestNoteThatItReplayed()
    {
        Note(100);
        Pass(2);
        Note(200);
        Pass(2);
        Note(300);

        (_lag.Measure(300), _lag.Measure(250), _lag.Measure(199)).ShouldBe(
            (TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
        _lag.Measure(99).ShouldBeNull();
    }

    [Fact]
    public void Measure_PrimaryWritesNothing_StaysYoung()
    {
        for (var i = 0; i < 1000; i++)
        {
            Note(100);
            Pass(1);
        }

        _lag.Measure(100).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Note_ManyPositions_KeepsTheNewest()
    {
        for (var i = 0; i < 1000; i++)
        {
            Note(i);
            Pass(1);
        }

        _lag.Measure(0).ShouldBeNull();
        _lag.Measure(999).ShouldBe(TimeSpan.FromSeconds(1));
    }

    private void Note(long position) => _lag.Note(_time.GetTimestamp(), position);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
