using System.Globalization;

namespace BrxSync.Simulator;

/// <summary>The marketplace's clock: the given time provider, moved forward on demand, and wrong by an adjustable amount.</summary>
public sealed class SimulatorClock
{
    private readonly TimeProvider provider;
    private volatile int actingThread;
    private DateTimeOffset actingAt;
    private long advanced;
    private long skew;
    private Header? header;

    internal SimulatorClock(TimeProvider provider) => this.provider = provider;

    /// <summary>Raised after <see cref="Advance"/> has moved the clock.</summary>
    internal event EventHandler? Advanced;

    /// <summary>
    /// Gets or sets by how much the clock is wrong; every time the marketplace writes is shifted by it, its limits and delays are not.
    /// </summary>
    /// <value>zero</value>
    public TimeSpan Skew
    {
        get => new(Interlocked.Read(ref skew));
        set => Interlocked.Exchange(ref skew, value.Ticks);
    }

    /// <summary>Gets the time the marketplace believes it is.</summary>
    public DateTimeOffset Now => True + Skew;

    /// <summary>Gets the time without the skew; limits, jobs and delays run by it.</summary>
    public DateTimeOffset True => actingThread == Environment.CurrentManagedThreadId ? actingAt : Reached;

    /// <summary>Gets how far the clock has come, also while something is done as of an earlier instant.</summary>
    internal DateTimeOffset Reached => provider.GetUtcNow().AddTicks(Interlocked.Read(ref advanced));

    /// <summary>Gets the provider behind the clock.</summary>
    internal TimeProvider Provider => provider;

    /// <summary>Moves the clock forward and runs what has become due, such as jobs and webhooks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        Interlocked.Add(ref advanced, span.Ticks);
        Advanced?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>
    /// Does something as of an instant: when the clock jumps, what fell due on the way happens at its own time. One action at a time; only
    /// the thread that runs it sees that instant.
    /// </summary>
    internal void ActAt(DateTimeOffset instant, Action action)
    {
        actingAt = instant;
        actingThread = Environment.CurrentManagedThreadId;
        try
        {
            action();
        }
        finally
        {
            actingThread = 0;
        }
    }

    /// <summary>Gets the value of the <c>Date</c> header, made once a second.</summary>
    internal string DateHeader()
    {
        var now = Now;
        var second = now.ToUnixTimeSeconds();
        var cached = Volatile.Read(ref header);
        if (cached?.Second != second)
        {
            cached = new Header(second, now.ToString("R", CultureInfo.InvariantCulture));
            Volatile.Write(ref header, cached);
        }

        return cached.Text;
    }

    private sealed record Header(long Second, string Text);
}
