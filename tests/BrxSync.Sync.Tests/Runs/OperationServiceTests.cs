using BrxSync.Sync.Runs;
using BrxSync.Testing;

namespace BrxSync.Sync.Tests.Runs;

public sealed class OperationServiceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingOperationStore _store = new();

    private OperationService Service => new(_store, _time);

    private async Task AskedAsync() => (await _store.Asked.ReadAsync().AsTask().WaitAsync(RealTimeLimit)).ShouldBe("one");

    /// <summary>Lets a second pass, and waits until the store was asked again.</summary>
    private async Task TickAsync()
    {
        _time.Advance(Second);
        await AskedAsync();
    }

    [Fact]
    public async Task Watch_FirstLook_TellsAtOnce()
    {
        _store.Found = OperationOf.Status(OperationStatus.Running, 5);
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();

        (await watch.MoveNextAsync()).ShouldBeTrue();

        watch.Current.ShouldBeSameAs(_store.Found);
    }

    [Fact]
    public async Task Watch_Changes_AreToldOnceEach()
    {
        _store.Found = OperationOf.Status(OperationStatus.Pending);
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();
        await watch.MoveNextAsync();
        await AskedAsync();

        Operation[] changes =
        [
            OperationOf.Status(OperationStatus.Running),
            OperationOf.Status(OperationStatus.Running, 10),
            OperationOf.Status(OperationStatus.Retrying, 10),
            OperationOf.Status(OperationStatus.Retrying, 10) with { Error = "again" },
        ];
        foreach (var change in changes)
        {
            var next = watch.MoveNextAsync().AsTask();
            await TickAsync();
            await TickAsync();
            next.IsCompleted.ShouldBeFalse();

            _store.Found = change;
            await TickAsync();

            (await next.WaitAsync(RealTimeLimit)).ShouldBeTrue();
            watch.Current.ShouldBeSameAs(change);
        }
    }

    [Fact]
    public async Task Watch_SignOfLifeAlone_IsNoChange()
    {
        var running = OperationOf.Status(OperationStatus.Running, 10);
        _store.Found = running;
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();
        await watch.MoveNextAsync();
        await AskedAsync();

        var next = watch.MoveNextAsync().AsTask();
        _store.Found = running with { HeartbeatAt = _time.GetUtcNow() };
        await TickAsync();
        _store.Found = running with { Progress = running.Progress! with { Processed = 11 } };
        await TickAsync();

        (await next.WaitAsync(RealTimeLimit)).ShouldBeTrue();
        watch.Current.Progress!.Processed.ShouldBe(11);
    }

    [Theory]
    [InlineData(OperationStatus.Completed)]
    [InlineData(OperationStatus.Withheld)]
    [InlineData(OperationStatus.Failed)]
    [InlineData(OperationStatus.Cancelled)]
    public async Task Watch_OperationThatEnds_TellsItAndEnds(OperationStatus status)
    {
        _store.Found = OperationOf.Status(OperationStatus.Running);
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();
        await watch.MoveNextAsync();
        await AskedAsync();

        _store.Found = OperationOf.Status(status);
        var next = watch.MoveNextAsync().AsTask();
        await TickAsync();

        (await next.WaitAsync(RealTimeLimit)).ShouldBeTrue();
        watch.Current.Status.ShouldBe(status);
        (await watch.MoveNextAsync().AsTask().WaitAsync(RealTimeLimit)).ShouldBeFalse();
        _time.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Watch_OperationThatHasEnded_IsToldOnce()
    {
        _store.Found = OperationOf.Status(OperationStatus.Completed);

        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();

        (await watch.MoveNextAsync()).ShouldBeTrue();
        watch.Current.ShouldBeSameAs(_store.Found);
        (await watch.MoveNextAsync().AsTask().WaitAsync(RealTimeLimit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Watch_UnknownId_EndsAtOnce()
    {
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();

        (await watch.MoveNextAsync().AsTask().WaitAsync(RealTimeLimit)).ShouldBeFalse();
    }

    [Fact]
    public async Task Watch_OperationThatIsGone_Ends()
    {
        _store.Found = OperationOf.Status(OperationStatus.Running);
        await using var watch = Service.WatchAsync("one").GetAsyncEnumerator();
        await watch.MoveNextAsync();
        await AskedAsync();

        _store.Found = null;
        var next = watch.MoveNextAsync().AsTask();
        await TickAsync();

        (await next.WaitAsync(RealTimeLimit)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_Cancelled_StopsWaiting(bool byTheCall)
    {
        using var cancelled = new CancellationTokenSource();
        _store.Found = OperationOf.Status(OperationStatus.Running);
        await using var watch = byTheCall
            ? Service.WatchAsync("one", cancelled.Token).GetAsyncEnumerator()
            : Service.WatchAsync("one").GetAsyncEnumerator(cancelled.Token);
        await watch.MoveNextAsync();

        var next = watch.MoveNextAsync().AsTask();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => next.WaitAsync(RealTimeLimit));
        _time.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Watch_LeftEarly_LeavesNoTimerBehind()
    {
        _store.Found = OperationOf.Status(OperationStatus.Running);
        await foreach (var _ in Service.WatchAsync("one"))
        {
            break;
        }

        _time.PendingTimers.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Calls_WithoutAnId_AreRefusedAtOnce(string id)
    {
        Should.Throw<ArgumentException>(() => Service.WatchAsync(id));
        await Should.ThrowAsync<ArgumentException>(() => Service.FindAsync(id));
        await Should.ThrowAsync<ArgumentException>(() => Service.FindLiveAsync(new AccountId(Guid.Empty), id));
        _store.Asked.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task List_LimitOutOfRange_IsRefused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Service.ListAsync(new AccountId(Guid.Empty), limit));
}
