namespace BrxSync.Contract.Tests.WireMock;

/// <summary>A request as WireMock saw it.</summary>
public sealed record ReceivedRequest(string Method, string Url, string Body, bool WasMatched, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"{Method} {Url}";
}
