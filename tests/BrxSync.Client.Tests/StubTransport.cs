using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BrxSync.Client.Tests;

/// <summary>Stands in for the network: answers what the test says and keeps what was sent.</summary>
internal sealed class StubTransport : HttpMessageHandler
{
    private readonly Func<HttpRequestMessage, int, CancellationToken, Task<HttpResponseMessage>> _answer;

    public StubTransport(Func<HttpRequestMessage, int, CancellationToken, Task<HttpResponseMessage>> answer) => _answer = answer;

    public StubTransport(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _, _) => Task.FromResult(answer(request)))
    {
    }

    public StubTransport(HttpStatusCode status, string body, string mediaType = "application/json")
        : this(_ => Answer(status, Encoding.UTF8.GetBytes(body), mediaType))
    {
    }

    public List<SentRequest> Sent { get; } = [];

    public static HttpResponseMessage Answer(HttpStatusCode status, byte[] body, string mediaType = "application/json") =>
        new(status) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } } };

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, string mediaType = "application/json") =>
        Answer(status, Encoding.UTF8.GetBytes(body), mediaType);

    public static HttpResponseMessage Answer(Stream body) => new(HttpStatusCode.OK) { Content = new StreamContent(body) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        int attempt;
        lock (Sent)
        {
            Sent.Add(new SentRequest(request.Method, request.RequestUri!, request.Headers.ToString(), body));
            attempt = Sent.Count;
        }

        return await _answer(request, attempt, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What went over the wire.</summary>
internal sealed record SentRequest(HttpMethod Method, Uri Address, string Headers, string? Body);
