namespace BrxSync.Client.Http;

/// <summary>Tells failures in which no byte of the request was sent from those in which CardTrader may have seen it.</summary>
internal static class ConnectionFailure
{
    public static bool IsBeforeSending(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;
}
