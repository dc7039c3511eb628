namespace BrxSync.Simulator;

/// <summary>
/// Runs what falls due later: job steps and webhooks. Actions run one after the other, in the order of their due times. A timer of the
/// clock's provider wakes it; a moved clock and every call that arrives do so too, so nothing due is ever seen as not done.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private static readonly TimeSpan Soonest = TimeSpan.FromTicks(1);

    private readonly SimulatorClock clock;
    private readonly Lock gate = new();
    private readonly Lock running = new();
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> queue = new();
    private readonly ITimer timer;
    private long order;
    private bool acts;
    private bool disposed;

    public Scheduler(SimulatorClock clock)
    {
        this.clock = clock;
        timer = clock.Provider.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advanced += OnAdvanced;
    }

    public void After(TimeSpan delay, Action action)
    {
        lock (gate)
        {
            queue.Enqueue(action, (clock.True + delay, order++));
            Arm();
        }
    }

    public void RunDue()
    {
        // Most calls find nothing to do. What another thread is doing at this moment is waited for below: it was due too.
        lock (gate)
        {
            if (!IsDue() && !acts)
            {
                return;
            }
        }

        lock (running)
        {
            while (Next(out var due) is { } action)
            {
                clock.ActAt(due, action);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            queue.Clear();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            queue.Clear();
        }

        clock.Advanced -= OnAdvanced;
        timer.Dispose();
    }

    private void OnAdvanced(object? sender, EventArgs args) => RunDue();

    private Action? Next(out DateTimeOffset due)
    {
        lock (gate)
        {
            due = queue.TryPeek(out _, out var first) ? first.Due : default;
            var action = IsDue() ? queue.Dequeue() : null;
            acts = action is not null;
            Arm();
            return action;
        }
    }

    private bool IsDue() => queue.TryPeek(out _, out var first) && first.Due <= clock.Reached;

    private void Arm()
    {
        if (!disposed && queue.TryPeek(out _, out var first))
        {
            // Never zero: a clock that tests move would run the action at once, under this lock and before the one taken out just now.
            var wait = first.Due - clock.Reached;
            timer.Change(wait > Soonest ? wait : Soonest, Timeout.InfiniteTimeSpan);
        }
    }
}
