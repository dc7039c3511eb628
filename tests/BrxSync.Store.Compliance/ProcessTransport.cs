using System.Collections.Concurrent;
using System.Net;

namespace BrxSync.Store.Compliance;

/// <summary>
/// Hands the marketplace's webhooks to a process of its own. What it cannot receive is told afterwards: the marketplace would send it
/// for hours.
/// </summary>
internal sealed class ProcessTransport(Func<SyncProcess> process) : HttpMessageHandler
{
    public ConcurrentQueue<string> Failures { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var answer = await process().DoAsync($"webhook {Convert.ToBase64String(body)}");
        if (answer.StartsWith("failed", StringComparison.Ordinal))
        {
            Failures.Enqueue(answer);
        }

        return new HttpResponseMessage(HttpStatusCode.OK);
    }
}
