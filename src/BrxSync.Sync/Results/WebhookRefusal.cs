namespace BrxSync.Sync;

/// <summary>Says why a webhook was not taken in.</summary>
public enum WebhookRefusal
{
    /// <summary>No secret is stored for the account: it is not connected, or was removed.</summary>
    NoSecret = 0,

    /// <summary>The body is empty, which CardTrader never sends.</summary>
    EmptyBody = 1,

    /// <summary>There is no signature.</summary>
    NoSignature = 2,

    /// <summary>The signature does not fit the body and the account's secret.</summary>
    WrongSignature = 3,

    /// <summary>The signature is right, but the body is no delivery.</summary>
    UnreadableBody = 4,
}
