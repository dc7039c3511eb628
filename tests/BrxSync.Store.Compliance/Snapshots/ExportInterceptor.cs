using System.Text;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>Stands between client and marketplace and changes the bodies of exports, counted from 1.</summary>
internal sealed class ExportInterceptor(Func<int, string, string> change) : DelegatingHandler
{
    private int _exports;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.EndsWith("/products/export", StringComparison.Ordinal) && response.IsSuccessStatusCode)
        {
            var body = change(++_exports, await response.Content.ReadAsStringAsync(cancellationToken));
            response.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return response;
    }
}
