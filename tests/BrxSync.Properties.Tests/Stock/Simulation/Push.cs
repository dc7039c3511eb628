namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A change made on our side, and what truly became of it.</summary>
internal sealed class Push(Guid id, long product, int delta, bool isDelete)
{
    public Guid Id => id;

    public long Product => product;

    /// <summary>True for a purchase: its copies are given back where it does not come about.</summary>
    public bool IsReservation { get; init; }

    /// <summary>What it adds; with what it carries for others.</summary>
    public int Delta { get; set; } = delta;

    /// <summary>How many copies more are held back with it.</summary>
    public int HeldBack { get; set; }

    public bool IsDelete => isDelete;

    /// <summary>True between sending and the answer.</summary>
    public bool IsOnItsWay { get; set; }

    /// <summary>From when until when it was on its way, in true time.</summary>
    public (long From, long To) OnItsWay { get; set; } = (long.MaxValue, long.MaxValue);

    /// <summary>True when the marketplace got this call, whatever it did.</summary>
    public bool Arrived { get; set; }

    /// <summary>How often it moved stock.</summary>
    public int Effects { get; set; }

    /// <summary>True once an answer was lost.</summary>
    public bool WasInDoubt { get; set; }

    /// <summary>True when the marketplace refused it: what it was to add is nowhere then.</summary>
    public bool WasRefused { get; set; }

    /// <summary>True once the copies of a purchase are given back.</summary>
    public bool IsGivenBack { get; set; }

    /// <summary>True when it will never be sent again.</summary>
    public bool IsOver { get; set; }
}
