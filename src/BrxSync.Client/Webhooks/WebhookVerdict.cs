namespace BrxSync.Client.Webhooks;

/// <summary>Says whether a delivery comes from CardTrader.</summary>
public enum WebhookVerdict
{
    /// <summary>The signature fits one of the secrets.</summary>
    Valid = 0,

    /// <summary>The body is empty. CardTrader never sends one, so it is refused whatever its signature.</summary>
    EmptyBody = 1,

    /// <summary>There is no signature.</summary>
    NoSignature = 2,

    /// <summary>The signature fits none of the secrets, or is not the base64 text of a SHA-256 hash.</summary>
    WrongSignature = 3,
}
