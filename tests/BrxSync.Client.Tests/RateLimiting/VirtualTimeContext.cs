using System.Collections.Concurrent;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.RateLimiting;

/// <summary>Runs async code on one thread in virtual time: when nothing is left to run, the clock goes on to the next timer.</summary>
internal sealed class VirtualTimeContext : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan GraceForOtherThreads = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> work = new();

    public static void Run(ManualTimeProvider time, Func<Task> body)
    {
        var before = Current;
        using var context = new VirtualTimeContext();
        SetSynchronizationContext(context);
        try
        {
            context.RunToEnd(time, body());
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => work.Add((d, state));

    public void Dispose() => work.Dispose();

    private void RunToEnd(ManualTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            if (work.TryTake(out var item))
            {
                item.Callback(item.State);
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
