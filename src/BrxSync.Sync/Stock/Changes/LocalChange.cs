using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>A change made on our side, on its way to the marketplace or just arrived there.</summary>
internal sealed record LocalChange
{
    /// <summary>Names the change.</summary>
    public required Guid Id { get; init; }

    /// <summary>The product concerned.</summary>
    public required ProductId Product { get; init; }

    /// <summary>What it asks for.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Its place among the changes of the account: a later one has a higher number. The store gives it.</summary>
    public long Sequence { get; init; }

    /// <summary>
    /// For an adjustment: what is added to the quantity; negative for a sale. For a product that was put on sale: how many copies were.
    /// </summary>
    public int Delta { get; init; }

    /// <summary>
    /// For an adjustment: how many copies more are held back here; fewer when negative. Added to <see cref="Delta"/>, it says what becomes
    /// of all copies.
    /// </summary>
    public int HeldBack { get; init; }

    /// <summary>How many copies it adds to all that there are.</summary>
    public int Copies => Delta + HeldBack;

    /// <summary>
    /// How many of the copies that it takes from the marketplace turned out not to be there. They are missing from those held back.
    /// </summary>
    public int Short { get; init; }

    /// <summary>
    /// How many copies it moves from the marketplace to those held back; back to the marketplace when negative.
    /// </summary>
    public int Moved => HeldBack > 0 ? Math.Max(0, Math.Min(HeldBack, -Delta)) : -Math.Max(0, Math.Min(-HeldBack, Delta));

    /// <summary>For field changes: the fields.</summary>
    public ItemFields Fields { get; init; }

    /// <summary>
    /// True for the copies of a purchase: they are sold when they are taken at the marketplace, and given back otherwise.
    /// </summary>
    public bool IsReservation { get; init; }

    /// <summary>How far it is.</summary>
    public ChangeState State { get; init; }

    /// <summary>The change that carries it, if it is superseded by one.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>When it was sent, in CardTrader's clock; null while it waits.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When its answer was there, in CardTrader's clock; null before that, and when the answer was lost.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>What CardTrader last said about the product before the change was sent; decides a change in doubt.</summary>
    public Reading? Baseline { get; init; }

    /// <summary>Gives what is left of the change's times now: it was sent, and answered, at some time up to now.</summary>
    public LocalChange NoLaterThan(Present present) => this with
    {
        SentAt = SentAt is { } sent && present.IsBefore(sent) ? DateTimeOffset.UnixEpoch : SentAt,
        AnsweredAt = AnsweredAt is { } answered && present.IsBefore(answered) ? present.Latest : AnsweredAt,
        Baseline = Baseline?.NoLaterThan(present),
    };

    /// <summary>Says whether a read has seen the effect of this change; null when it has none.</summary>
    public WindowSide? SideOf(SnapshotWindow window) => State switch
    {
        ChangeState.Failed or ChangeState.Superseded or ChangeState.LocalOnly => null,
        ChangeState.Waiting or ChangeState.Reserved => WindowSide.After,
        ChangeState.Acknowledged => window.SideOf(SentAt ?? DateTimeOffset.MinValue, AnsweredAt ?? DateTimeOffset.MaxValue),
        _ => window.SideOf(SentAt ?? DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
    };
}
