namespace BrxSync.Client.Orders;

/// <summary>The state of an order. An open set: CardTrader adds states, and unknown ones are kept as they came.</summary>
public readonly struct OrderState : IEquatable<OrderState>
{
    private readonly string? _text;

    /// <summary>Takes a state as CardTrader writes it.</summary>
    /// <param name="text">The text; <c>cancelled</c> means the same as <c>canceled</c>.</param>
    public OrderState(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _text = text;
        Value = text == "cancelled" ? "canceled" : text;
    }

    /// <summary>Gets the state of a direct order that is not paid yet (<c>pending</c>).</summary>
    public static OrderState Pending { get; } = new("pending");

    /// <summary>Gets the state of a sale over CardTrader Zero that waits for the weekly order (<c>hub_pending</c>).</summary>
    public static OrderState HubPending { get; } = new("hub_pending");

    /// <summary>Gets the state of an order to be shipped: a direct one, or the weekly one of CardTrader Zero (<c>paid</c>).</summary>
    public static OrderState Paid { get; } = new("paid");

    /// <summary>Gets the state of a shipped order (<c>sent</c>).</summary>
    public static OrderState Sent { get; } = new("sent");

    /// <summary>Gets the state of a received order (<c>arrived</c>).</summary>
    public static OrderState Arrived { get; } = new("arrived");

    /// <summary>Gets the state of a reviewed or timed-out order (<c>done</c>).</summary>
    public static OrderState Done { get; } = new("done");

    /// <summary>Gets the state of a source order whose items went into a weekly order (<c>closed</c>).</summary>
    public static OrderState Closed { get; } = new("closed");

    /// <summary>Gets the state of an order somebody wants to cancel; nothing is decided (<c>request_for_cancel</c>).</summary>
    public static OrderState RequestForCancel { get; } = new("request_for_cancel");

    /// <summary>Gets the state of a cancelled order (<c>canceled</c>, also written <c>cancelled</c>).</summary>
    public static OrderState Canceled { get; } = new("canceled");

    /// <summary>Gets the state of an order lost on its way (<c>lost</c>).</summary>
    public static OrderState Lost { get; } = new("lost");

    /// <summary>Gets the state in one spelling: what to compare and to store.</summary>
    public string Value => field ?? string.Empty;

    /// <summary>Gets the state exactly as it was received.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>Gets a value indicating whether this version knows the state.</summary>
    public bool IsKnown => Value is "pending" or "hub_pending" or "paid" or "sent" or "arrived" or "done" or "closed"
        or "request_for_cancel" or "canceled" or "lost";

    /// <summary>Compares two states; the two spellings of cancelled are equal.</summary>
    /// <param name="left">One state.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(OrderState left, OrderState right) => left.Equals(right);

    /// <summary>Compares two states; the two spellings of cancelled are equal.</summary>
    /// <param name="left">One state.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(OrderState left, OrderState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(OrderState other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OrderState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    public override string ToString() => Value;
}
