using System.Threading.Channels;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Snapshots;
using BrxSync.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrxSync.Sync.Tests.Runs;

/// <summary>Each tick of the clock is followed by waiting for what it causes, so that no test depends on how quickly that comes.</summary>
public sealed class ProgressReporterTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly SyncCounters _counters = new() { Phase = SyncPhase.Reading, Expected = 100 };
    private readonly RecordingOperationStore _store = new();
    private readonly Host _host = new();

    private ProgressReporter Reporter(Action? ended = null, ILogger? logger = null) =>
        new(OperationOf.Status(OperationStatus.Running).Id, _counters, _store, _host, _time, logger ?? NullLogger.Instance)
        {
            Account = AccountId.Create(), Ended = ended,
        };

    private static Task<T> NextOf<T>(ChannelReader<T> reader) => reader.ReadAsync().AsTask().WaitAsync(RealTimeLimit);

    private async Task<SyncProgress> TickAsync()
    {
        _time.Advance(Quarter);
        return await NextOf(_host.Seen);
    }

    private async Task TickAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await TickAsync();
        }
    }

    /// <summary>
    /// Ticks on until a write has begun. One that is under way may not have ended when the next is due: then that one is left out.
    /// The thread that ends it comes when the machine lets it: between ticks the test stands back for it, however many that takes.
    /// </summary>
    private async Task<SyncProgress> TickUntilPersistedAsync()
    {
        using var limit = new CancellationTokenSource(RealTimeLimit);
        while (true)
        {
            await TickAsync();
            if (_store.Reported.TryRead(out var persisted))
            {
                return persisted;
            }

            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Start_ASecond_IsPublishedFourTimes()
    {
        await using var reporter = Reporter();
        reporter.Start();

        for (var i = 1; i <= 4; i++)
        {
            _counters.Processed = i;
            var progress = await TickAsync();

            (progress.Processed, progress.Elapsed).ShouldBe((i, i * Quarter));
        }

        _host.Seen.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_BeforeTheFirstQuarter_PublishesNothing()
    {
        await using var reporter = Reporter();
        reporter.Start();

        _time.NextTimer.ShouldBe(Quarter);
        _host.Seen.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_EachWholeSecond_IsPersisted()
    {
        await using var reporter = Reporter();
        reporter.Start();

        await TickAsync(4);
        (await NextOf(_store.Reported)).Elapsed.ShouldBe(TimeSpan.FromSeconds(1));

        ((await TickUntilPersistedAsync()).Elapsed.Ticks % TimeSpan.TicksPerSecond).ShouldBe(0);
    }

    [Fact]
    public async Task Start_StoreThatLetsItsWriterWait_HoldsBackNeitherTheHostNorMoreThanOneWrite()
    {
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Report = release.Task.WaitAsync;
        await using var reporter = Reporter();
        reporter.Start();
        await TickAsync(4);
        await NextOf(_store.Reported);

        await TickAsync(12);

        _store.Reported.TryRead(out _).ShouldBeFalse();
        release.SetResult(true);
        (await TickUntilPersistedAsync()).Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Dispose_WhileTheStoreWaits_GivesTheWriteUp()
    {
        _store.Report = new TaskCompletionSource<bool>().Task.WaitAsync;
        var reporter = Reporter();
        reporter.Start();
        await TickAsync(4);
        await NextOf(_store.Reported);

        await reporter.DisposeAsync().AsTask().WaitAsync(RealTimeLimit);

        _time.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Start_StoreSaysThatTheOperationHasEnded_TellsSo()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Report = _ => Task.FromResult(false);
        await using var reporter = Reporter(ended.SetResult);
        reporter.Start();

        await TickAsync(3);
        ended.Task.IsCompleted.ShouldBeFalse();
        await TickAsync();

        await ended.Task.WaitAsync(RealTimeLimit);
    }

    [Fact]
    public async Task Start_StoreThatFails_IsLoggedAndTriedAgain()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Warning);
        _store.Report = _ => throw new InvalidOperationException("away");
        var wasEnded = false;
        var reporter = Reporter(() => wasEnded = true, logs.CreateLogger("runs"));
        reporter.Start();
        await TickAsync(4);
        await NextOf(_store.Reported);
        await TickUntilPersistedAsync();
        await reporter.DisposeAsync();

        wasEnded.ShouldBeFalse();
        logs.Entries.First().Text.ShouldBe("Progress of operation one could not be stored; the run goes on");
        logs.Entries.First().Exception.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task Publish_Asked_IsPublishedAtOnce()
    {
        await using var reporter = Reporter();
        _counters.Processed = 25;

        reporter.Publish();

        _host.Seen.TryRead(out var progress).ShouldBeTrue();
        (progress!.Processed, progress.Percent).ShouldBe((25, 20));
    }

    [Fact]
    public async Task PublishFinal_ThenPublish_NothingComesAfterTheFinalOne()
    {
        await using var reporter = Reporter();
        reporter.Publish();
        var final = reporter.Final(succeeded: true);

        reporter.PublishFinal(final);
        reporter.Publish();
        reporter.PublishFinal(final);

        _host.Seen.TryRead(out _).ShouldBeTrue();
        _host.Seen.TryRead(out var last).ShouldBeTrue();
        last.ShouldBe(final);
        _host.Seen.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task PublishFinal_WhileTicksGoOn_NothingComesAfterTheFinalOne()
    {
        var persisted = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Report = _ =>
        {
            persisted++;
            second.TrySetResult();
            return Task.FromResult(true);
        };
        var reporter = Reporter();
        reporter.Start();
        await TickAsync(3);
        reporter.PublishFinal(reporter.Final(succeeded: true));
        (await NextOf(_host.Seen)).Phase.ShouldBe(SyncPhase.Done);

        // The fourth tick is seen to have passed by what it persists.
        _time.Advance(Quarter);
        await second.Task.WaitAsync(RealTimeLimit);
        await reporter.DisposeAsync();

        persisted.ShouldBe(1);
        _host.Seen.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 40)]
    public async Task Final_Run_IsAtAHundredOnlyWhenItSucceeded(bool succeeded, int percent)
    {
        await using var reporter = Reporter();
        _counters.Processed = 50;
        _time.Advance(TimeSpan.FromSeconds(9));

        var final = reporter.Final(succeeded);

        (final.Phase, final.Percent, final.Processed, final.Elapsed).ShouldBe((SyncPhase.Done, percent, 50, TimeSpan.FromSeconds(9)));
        _host.Seen.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Publish_HandlerThatThrows_IsLoggedAndTheRunGoesOn()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Warning);
        _host.Failure = new InvalidOperationException("the host's");
        var reporter = Reporter(logger: logs.CreateLogger("runs"));
        reporter.Start();

        reporter.Publish();
        await NextOf(_host.Seen);
        await TickAsync(4);
        await NextOf(_store.Reported);
        reporter.PublishFinal(reporter.Final(succeeded: true));
        await reporter.DisposeAsync();

        logs.Entries.Count.ShouldBe(6);
        logs.Entries.ShouldAllBe(entry => entry.Text == "The host's progress handler failed for operation one; the run goes on"
            && entry.Exception == _host.Failure);
    }

    [Fact]
    public async Task Start_WithoutAHandler_IsPersistedAllTheSame()
    {
        var reporter = new ProgressReporter(
            OperationOf.Status(OperationStatus.Running).Id, _counters, _store, null, _time, NullLogger.Instance)
        {
            Account = AccountId.Create(),
        };
        reporter.Start();
        var persisted = _store.Reported.ReadAsync().AsTask();

        await _time.RunAsync(persisted);

        await reporter.DisposeAsync();
    }

    private sealed class Host : IProgress<SyncProgress>
    {
        private readonly Channel<SyncProgress> _seen = Channel.CreateUnbounded<SyncProgress>();

        public ChannelReader<SyncProgress> Seen => _seen.Reader;

        public Exception? Failure { get; set; }

        public void Report(SyncProgress value)
        {
            _seen.Writer.TryWrite(value);
            if (Failure is { } failure)
            {
                throw failure;
            }
        }
    }
}
