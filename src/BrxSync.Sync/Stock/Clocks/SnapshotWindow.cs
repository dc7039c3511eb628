namespace BrxSync.Sync.Stock.Clocks;

/// <summary>
/// The span of CardTrader's clock in which a read happened. The marketplace looked at its stock at some instant inside it;
/// which one is unknown, so a sale is known to be in the answer only before <see cref="From"/>, and known to be missing only after
/// <see cref="To"/>.
/// </summary>
internal readonly record struct SnapshotWindow
{
    /// <summary>How far both ends are pushed outward, because a <c>Date</c> header counts whole seconds.</summary>
    public static readonly TimeSpan Widening = TimeSpan.FromSeconds(1);

    /// <summary>Creates a window whose ends are final, as they are read back from a store.</summary>
    /// <exception cref="ArgumentException"><paramref name="to"/> lies before <paramref name="from"/>.</exception>
    public SnapshotWindow(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
        {
            throw new ArgumentException($"A window cannot end ({to:O}) before it begins ({from:O}).", nameof(to));
        }

        From = from;
        To = to;
    }

    /// <summary>Everything before this instant is certainly in the answer.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Everything after this instant is certainly not in the answer.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Builds the window of a request from its start and end in CardTrader's clock, widened at both ends.</summary>
    public static SnapshotWindow Around(DateTimeOffset requestStart, DateTimeOffset responseEnd) =>
        new(requestStart - Widening, responseEnd + Widening);

    /// <summary>Gives the window from the earlier of both beginnings to the later of both ends.</summary>
    public SnapshotWindow With(SnapshotWindow other) => new(From < other.From ? From : other.From, To > other.To ? To : other.To);

    /// <summary>Says where an instant lies.</summary>
    public WindowSide SideOf(DateTimeOffset instant) =>
        instant < From ? WindowSide.Before : instant > To ? WindowSide.After : WindowSide.Inside;

    /// <summary>Says where something lies that happened at an unknown instant between two known ones.</summary>
    public WindowSide SideOf(DateTimeOffset earliest, DateTimeOffset latest) =>
        latest < From ? WindowSide.Before : earliest > To ? WindowSide.After : WindowSide.Inside;

    /// <summary>True when the two windows share an instant, so that neither read is known to be the later one.</summary>
    public bool Overlaps(SnapshotWindow other) => From <= other.To && other.From <= To;
}
