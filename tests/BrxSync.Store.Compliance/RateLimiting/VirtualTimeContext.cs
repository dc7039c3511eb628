using System.Collections.Concurrent;
using BrxSync.Testing;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>Runs async code on one thread in virtual time: when nothing is left to run, the clock goes on to the next timer.</summary>
internal sealed class VirtualTimeContext : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan GraceForOtherThreads = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> work = new();

    /// <summary>Runs something to its end.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="body">What to run.</param>
    /// <param name="isBusy">Tells whether something is on its way that will go on here, so that the clock must wait.</param>
    public static void Run(ManualTimeProvider time, Func<Task> body, Func<bool> isBusy)
    {
        var before = Current;
        using var context = new VirtualTimeContext();
        SetSynchronizationContext(context);
        try
        {
            context.RunToEnd(time, body(), isBusy);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    // What still comes after the end, as when the run has failed, is not run any more.
    public override void Post(SendOrPostCallback d, object? state) => _ = !work.IsAddingCompleted && work.TryAdd((d, state));

    public void Dispose() => work.CompleteAdding();

    private void RunToEnd(ManualTimeProvider time, Task task, Func<bool> isBusy)
    {
        while (!task.IsCompleted)
        {
            // Asked first: what is not on its way any more is among the work.
            var waits = isBusy();
            if (work.TryTake(out var item))
            {
                item.Callback(item.State);
            }
            else if (waits)
            {
                Thread.Yield();
            }
            else if (time.NextTimer is { } next)
            {
                time.Advance(next);
            }
            else if (work.TryTake(out item, GraceForOtherThreads))
            {
                item.Callback(item.State);
            }
            else
            {
                throw new InvalidOperationException("Nothing is left to run, no timer waits, and the task is not done.");
            }
        }

        task.GetAwaiter().GetResult();
    }
}
