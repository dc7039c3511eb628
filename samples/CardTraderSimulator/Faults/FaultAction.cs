namespace BrxSync.Simulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultAction
{
    /// <summary>The answer takes <see cref="FaultRule.Latency"/> longer.</summary>
    Latency,

    /// <summary>The call is refused with <see cref="FaultRule.Status"/> and the body that belongs to it, before any effect.</summary>
    Status,

    /// <summary>An HTML page comes with <see cref="FaultRule.Status"/>: 200 for maintenance, 403 for a bot check.</summary>
    Html,

    /// <summary>The connection is reset before any effect.</summary>
    Reset,

    /// <summary>The body ends after <see cref="FaultRule.AtByte"/> bytes and the connection is reset; the effect has taken place.</summary>
    CutBody,

    /// <summary>
    /// The body ends after <see cref="FaultRule.AtByte"/> bytes as if it were complete: nothing tells but the body itself.
    /// </summary>
    ShortBody,

    /// <summary>The call takes effect, then the connection is reset without an answer.</summary>
    LostAnswer,

    /// <summary>An export shows the stock as it was when the call arrived, and is slow to start by <see cref="FaultRule.Latency"/>: what is
    /// sold meanwhile is not in it.</summary>
    StaleExport,

    /// <summary>Every <see cref="FaultRule.Every"/>-th row of an export is unreadable.</summary>
    UnreadableRows,

    /// <summary>An export ends after <see cref="FaultRule.Rows"/> rows as if these were all.</summary>
    PartialExport,
}
