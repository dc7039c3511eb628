using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BrxSync.Simulator.Tests;

/// <summary>A marketplace of its own for each test, and calls to it without any client library.</summary>
public abstract class SimulatorTest : IAsyncLifetime, IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private CardTraderSimulatorHost? host;

    protected CardTraderSimulatorHost Host => host!;

    protected SimulatedSeller Demo => Host.Seller("demo");

    public virtual async Task InitializeAsync() => host = await CardTraderSimulatorHost.StartAsync(Options());

    public virtual async Task DisposeAsync() => await Host.DisposeAsync();

    public void Dispose()
    {
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual CardTraderSimulatorOptions Options() => new() { Sellers = { new SellerOptions { Products = 500 } } };

    protected async Task<Answer> SendAsync(
        HttpMethod method, string path, object? body = null, string? token = null, bool authorized = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(Host.BaseAddress, path));
        if (authorized)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Demo.Token);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers.Date);
    }

    protected Task<Answer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, token: token);

    protected Task<Answer> PostAsync(string path, object? body = null, string? token = null) =>
        SendAsync(HttpMethod.Post, path, body, token);

    protected Task<Answer> PutAsync(string path, object? body = null, string? token = null) => SendAsync(HttpMethod.Put, path, body, token);

    protected Task<Answer> DeleteAsync(string path, string? token = null) => SendAsync(HttpMethod.Delete, path, token: token);
}
