namespace BrxSync.Testing;

/// <summary>
/// A clock for runs in virtual time: it tells which timers wait, and moves from one to the next. Each fires at its own instant, also
/// those that a callback starts on the way; <see cref="GetTimestamp"/> and the wall clock move together, until a test calls
/// <see cref="StepWallClock"/>. A test that only moves and reads time takes <c>FakeTimeProvider</c>, which does none of this.
/// </summary>
/// <remarks>
/// Code under test usually awaits something else between two delays. <see cref="WaitForTimersAsync"/> waits in real time
/// until it has reached its next delay, and <see cref="AdvanceAsync"/> lets continuations run between timers.
/// </remarks>
/// <param name="start">The instant at which the clock starts; noon of a day in January 2026 when left out.</param>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = []; // Those that wait, in the order in which they were set.
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    private TimeSpan step;
    private long elapsed;

    /// <summary>The instant at which the clock started.</summary>
    public DateTimeOffset Start { get; } = start ?? Noon;

    /// <summary>How many timers wait to fire.</summary>
    public int PendingTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    /// <summary>How long until the next timer falls due, or null when none waits.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            lock (gate)
            {
                return timers.Count > 0 ? new TimeSpan(Math.Max(0, timers.Min(timer => timer.Due) - elapsed)) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return Start.AddTicks(elapsed) + step;
        }
    }

    /// <summary>Moves the clock on and fires every timer that falls due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var target = Ahead(by);
        while (FireNext(target))
        {
        }

        MoveTo(target);
    }

    /// <summary>Moves the clock on as <see cref="Advance"/> does, and lets continuations run before and after each timer.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var target = Ahead(by);
        do
        {
            await LetRunAsync();
        }
        while (FireNext(target));

        MoveTo(target);
        await LetRunAsync();
    }

    /// <summary>
    /// Moves the clock from timer to timer until <paramref name="task"/> is done; fails when it does not end within
    /// <paramref name="limit"/> of virtual time (default: one day).
    /// </summary>
    /// <remarks>For code that waits on this clock alone: while it waits for a socket, the clock would run ahead of it.</remarks>
    public async Task RunAsync(Task task, TimeSpan? limit = null)
    {
        var end = Ahead(limit ?? TimeSpan.FromDays(1));
        while (!task.IsCompleted)
        {
            await LetRunAsync();
            if (task.IsCompleted || FireNext(end))
            {
                continue;
            }

            if (NextTimer is { } next && next.Ticks > end - GetTimestamp())
            {
                throw new TimeoutException($"The task did not end within {limit ?? TimeSpan.FromDays(1)} of virtual time.");
            }

            await await Task.WhenAny(task, WaitForTimersAsync());
        }

        await task;
    }

    /// <inheritdoc cref="RunAsync(Task, TimeSpan?)"/>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan? limit = null)
    {
        await RunAsync((Task)task, limit);
        return await task;
    }

    /// <summary>Waits, in real time, until at least <paramref name="count"/> timers wait to fire.</summary>
    public Task WaitForTimersAsync(int count = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiters.Add((count, reached));
            CompleteWaiters();
        }

        return reached.Task.WaitAsync(RealTimeLimit);
    }

    /// <summary>
    /// Sets the wall clock forward, or back for a negative <paramref name="by"/>, without any time passing: what an operator or a time
    /// server does to a machine. Timestamps and timers stay as they are.
    /// </summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (gate)
        {
            step += by;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private static async Task LetRunAsync()
    {
        // The thread pool has no "idle" signal: a few rounds through it let ready continuations finish.
        for (var i = 0; i < 8; i++)
        {
            await Task.Yield();
        }
    }

    private long Ahead(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return GetTimestamp() + by.Ticks;
    }

    private bool FireNext(long target)
    {
        ManualTimer? next;
        lock (gate)
        {
            next = timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > target)
            {
                return false;
            }

            elapsed = Math.Max(elapsed, next.Due);
            next.Taken();
        }

        next.Fire();
        return true;
    }

    private void MoveTo(long target)
    {
        lock (gate)
        {
            elapsed = Math.Max(elapsed, target);
        }
    }

    private void CompleteWaiters() => waiters.RemoveAll(waiter => timers.Count >= waiter.Count && waiter.Reached.TrySetResult());

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        private bool disposed;

        public long Due { get; private set; }

        public void Fire() => callback(state);

        // Called under the clock's lock when the timer is about to fire.
        public void Taken()
        {
            clock.timers.Remove(this);
            if (period > TimeSpan.Zero)
            {
                WaitFor(period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                if (disposed)
                {
                    return false;
                }

                clock.timers.Remove(this);
                period = newPeriod;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                    WaitFor(dueTime);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void WaitFor(TimeSpan span)
        {
            Due = clock.elapsed + span.Ticks;
            clock.timers.Add(this);
            clock.CompleteWaiters();
        }
    }
}
