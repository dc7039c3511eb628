namespace BrxSync.Simulator.Control;

/// <summary>The latest calls received, and how many there were of each status.</summary>
public sealed class CallLog
{
    private readonly Lock gate = new();
    private readonly CallRecord?[] ring;
    private readonly SortedDictionary<int, long> byStatus = [];
    private long count;

    internal CallLog(int capacity) => ring = new CallRecord?[Math.Max(1, capacity)];

    /// <summary>Gets how many calls there were, the forgotten ones included.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Gets the kept calls, oldest first.</summary>
    public IReadOnlyList<CallRecord> All()
    {
        lock (gate)
        {
            var kept = (int)Math.Min(count, ring.Length);
            return [.. Enumerable.Range(0, kept).Select(i => ring[(count - kept + i) % ring.Length]!)];
        }
    }

    /// <summary>Counts the calls answered with a status; 0 stands for cut connections.</summary>
    public long CountOf(int status)
    {
        lock (gate)
        {
            return byStatus.GetValueOrDefault(status);
        }
    }

    /// <summary>Forgets all calls.</summary>
    public void Clear()
    {
        lock (gate)
        {
            Array.Clear(ring);
            byStatus.Clear();
            count = 0;
        }
    }

    internal void Add(DateTimeOffset at, string? seller, string method, string path, int status, string? effect, string? fault)
    {
        lock (gate)
        {
            ring[count % ring.Length] = new(count + 1, at, seller, method, path, status, effect, fault);
            count++;
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
        }
    }
}
