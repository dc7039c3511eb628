using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests;

/// <summary>A real client over a stubbed network.</summary>
internal sealed class TestClient : IDisposable
{
    public const string TokenText = "eyJhbGciOiJSUzI1NiJ9.marked-secret-token.c2lnbmF0dXJl";

    private readonly ServiceProvider _services;

    public TestClient(
        HttpMessageHandler transport,
        Action<CardTraderClientOptions>? configure = null,
        Action<IServiceCollection>? more = null,
        Action<IHttpClientBuilder>? build = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        more?.Invoke(services);
        var http = services.AddCardTraderClient(configure).ConfigurePrimaryHttpMessageHandler(() => transport);
        build?.Invoke(http);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IServiceProvider Services => _services;

    public ICardTraderClient Client => _services.GetRequiredService<ICardTraderClient>();

    public ICardTraderAccount Account => Client.ForToken(new CardTraderToken(TokenText));

    /// <summary>The sender of the package itself, to make calls of any class.</summary>
    public AccountSender Sender(RateLimitPriority priority = RateLimitPriority.Normal) =>
        new(_services.GetRequiredService<CardTraderSender>(), new CardTraderToken(TokenText), priority);

    public static TestClient Answering(string body) => new(new StubTransport(System.Net.HttpStatusCode.OK, body));

    public static TestClient Answering(byte[] body) =>
        new(new StubTransport(_ => StubTransport.Answer(System.Net.HttpStatusCode.OK, body)));

    public void Dispose() => _services.Dispose();
}
