namespace BrxSync.Client.RateLimiting;

/// <summary>Names the CardTrader limits a request counts against. Every request counts against <see cref="General"/>.</summary>
public enum RateLimitBucket
{
    /// <summary>200 requests in 10 seconds: every endpoint together.</summary>
    General = 0,

    /// <summary>10 requests per second: <c>/marketplace/products</c>, on top of <see cref="General"/>.</summary>
    Marketplace = 1,

    /// <summary>1 request per second: <c>/jobs/:uuid</c>, on top of <see cref="General"/>.</summary>
    Jobs = 2,
}
