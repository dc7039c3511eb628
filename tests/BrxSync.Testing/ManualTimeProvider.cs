namespace BrxSync.Testing;

/// <summary>
/// A clock that moves only when a test moves it. Timers fire in the order in which they fall due, each at its own instant,
/// also those that a callback starts on the way; <see cref="GetTimestamp"/> and the wall clock move together, until a test calls
/// <see cref="StepWallClock"/>.
/// </summary>
/// <remarks>
/// Code under test usually awaits something else between two delays. <see cref="WaitForTimersAsync"/> waits in real time
/// until it has reached its next delay, and <see cref="AdvanceAsync"/> lets continuations run between timers.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>The instant at which a clock made without arguments starts.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly PriorityQueue<ManualTimer, (long Due, long Order)> queue = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    private DateTimeOffset origin;
    private long elapsed;
    private long order;
    private int pending;

    /// <summary>Starts the clock at <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    /// <summary>Starts the clock at <paramref name="start"/>.</summary>
    public ManualTimeProvider(DateTimeOffset start) => origin = start.ToUniversalTime();

    /// <summary>The clock's wall time.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <summary>How many timers wait to fire.</summary>
    public int PendingTimers
    {
        get
        {
            lock (gate)
            {
                return pending;
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
                return NextDue() is { } due ? new TimeSpan(Math.Max(0, due - elapsed)) : null;
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
            return origin.AddTicks(elapsed);
        }
    }

    /// <summary>Moves the clock on and fires every timer that falls due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Interlocked.Read(ref elapsed) + by.Ticks;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        MoveTo(target);
    }

    /// <summary>Moves the clock on to <paramref name="instant"/>, firing timers as <see cref="Advance"/> does.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Moves the clock on as <see cref="Advance"/> does, and lets continuations run before and after each timer.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Interlocked.Read(ref elapsed) + by.Ticks;
        await LetRunAsync();
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
            await LetRunAsync();
        }

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
        var end = Interlocked.Read(ref elapsed) + (limit ?? TimeSpan.FromDays(1)).Ticks;
        while (!task.IsCompleted)
        {
            await LetRunAsync();
            if (task.IsCompleted)
            {
                break;
            }

            if (TakeDue(end) is { } timer)
            {
                timer.Fire();
            }
            else if (NextTimer is not null)
            {
                throw new TimeoutException($"The task did not end within {limit ?? TimeSpan.FromDays(1)} of virtual time.");
            }
            else
            {
                await await Task.WhenAny(task, WaitForTimersAsync());
            }
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
        TaskCompletionSource reached;
        lock (gate)
        {
            if (pending >= count)
            {
                return Task.CompletedTask;
            }

            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
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
            origin += by;
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

    private ManualTimer? TakeDue(long target)
    {
        lock (gate)
        {
            if (NextDue() is not { } due || due > target)
            {
                return null;
            }

            var timer = queue.Dequeue();
            elapsed = Math.Max(elapsed, due);
            pending--;
            timer.Taken(elapsed);
            return timer;
        }
    }

    private long? NextDue()
    {
        while (queue.TryPeek(out var timer, out var at))
        {
            if (timer.IsAt(at.Order))
            {
                return at.Due;
            }

            queue.Dequeue();
        }

        return null;
    }

    private void MoveTo(long target)
    {
        lock (gate)
        {
            elapsed = Math.Max(elapsed, target);
        }
    }

    private void CompleteWaiters()
    {
        for (var i = waiters.Count - 1; i >= 0; i--)
        {
            if (pending >= waiters[i].Count)
            {
                waiters[i].Reached.TrySetResult();
                waiters.RemoveAt(i);
            }
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private long place = -1;
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private bool disposed;

        public bool IsAt(long order) => place == order;

        public void Fire() => callback(state);

        // Called under the clock's lock when the timer has left the queue.
        public void Taken(long now)
        {
            place = -1;
            if (period > TimeSpan.Zero)
            {
                Enqueue(now + period.Ticks);
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

                Leave();
                period = newPeriod;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                    Enqueue(clock.elapsed + dueTime.Ticks);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                Leave();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Leave()
        {
            if (place >= 0)
            {
                place = -1;
                clock.pending--;
            }
        }

        private void Enqueue(long due)
        {
            place = clock.order++;
            clock.queue.Enqueue(this, (due, place));
            clock.pending++;
            clock.CompleteWaiters();
        }
    }
}
