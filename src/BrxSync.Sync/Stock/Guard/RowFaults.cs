using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Guard;

/// <summary>The faulty rows of one kind: all of them counted, the first few kept.</summary>
internal sealed record RowFaults
{
    /// <summary>How many rows are kept as samples.</summary>
    public const int SamplesKept = 20;

    /// <summary>No faulty row.</summary>
    public static RowFaults None { get; } = new();

    /// <summary>How many rows are faulty.</summary>
    public long Count { get; private init; }

    /// <summary>The first of them.</summary>
    public ImmutableArray<RowFault> Samples { get; private init; } = [];

    /// <summary>Adds a row.</summary>
    public RowFaults Add(RowFault fault) => new()
    {
        Count = Count + 1,
        Samples = Samples.Length < SamplesKept ? Samples.Add(fault) : Samples,
    };

    /// <summary>Adds rows of which only the number is known.</summary>
    public RowFaults AddUnseen(long count) => new() { Count = Count + count, Samples = Samples };
}
