namespace BrxSync.Client.RateLimiting;

/// <summary>Asks for the right to send one request.</summary>
/// <param name="Key">Whose limits count: the fingerprint of the token, never the token itself.</param>
/// <param name="Bucket">The limit of the endpoint. <see cref="RateLimitBucket.General"/> is always counted too.</param>
/// <param name="Priority">Who goes first when requests have to wait.</param>
public readonly record struct RateLimitRequest(
    string Key,
    RateLimitBucket Bucket = RateLimitBucket.General,
    RateLimitPriority Priority = RateLimitPriority.Normal);
