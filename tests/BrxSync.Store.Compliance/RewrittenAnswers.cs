using System.Text;

namespace BrxSync.Store.Compliance;

/// <summary>Lets a test change the answers of the marketplace to one path on their way.</summary>
internal sealed class RewrittenAnswers(string path, Func<string, string> rewrite) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal))
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            response.Content = new StringContent(rewrite(body), Encoding.UTF8, "application/json");
        }

        return response;
    }
}
