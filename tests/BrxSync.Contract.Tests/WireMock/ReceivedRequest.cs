using System.Text;
using WireMock;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>A request as it arrived.</summary>
/// <param name="Url">Path and query exactly as sent.</param>
internal sealed record ReceivedRequest(string Method, string Url, byte[] Content, IReadOnlyDictionary<string, string> Headers)
{
    public string Body => Encoding.UTF8.GetString(Content);

    /// <summary>Takes a request from WireMock, whose own paths and queries are decoded.</summary>
    public static ReceivedRequest From(IRequestMessage message)
    {
        var headers = message.Headers!
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        headers.Remove(Wire.TargetHeader, out var target);
        return new ReceivedRequest(message.Method, target!, message.BodyAsBytes ?? [], headers);
    }

    public override string ToString() => $"{Method} {Url}";
}
