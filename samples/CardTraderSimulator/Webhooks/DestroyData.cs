namespace BrxSync.Simulator.Webhooks;

/// <summary>How the empty data of a destroyed order is written.</summary>
public enum DestroyData
{
    /// <summary><c>{}</c></summary>
    EmptyObject,

    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>""</c></summary>
    EmptyText,

    /// <summary>The key is left out.</summary>
    Absent,
}
