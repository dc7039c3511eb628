using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>One webhook delivery as the inbox keeps it. What it says about people is never kept.</summary>
internal sealed record DeliveryRow
{
    /// <summary>The delivery's own id.</summary>
    public required string Id { get; init; }

    /// <summary>When the event happened, in CardTrader's clock.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The cause as received.</summary>
    public required string Cause { get; init; }

    /// <summary>The mode as received.</summary>
    public required string Mode { get; init; }

    /// <summary>The order it is about, if it is about one.</summary>
    public long? OrderId { get; init; }

    /// <summary>What became of it.</summary>
    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>A sentence for whoever wonders why.</summary>
    public string? Note { get; init; }

    /// <summary>What it says about the stock; kept only while it waits.</summary>
    public OrderReport? Report { get; init; }

    /// <summary>The trace in which it arrived.</summary>
    public string? TraceParent { get; init; }
}
