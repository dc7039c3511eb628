using System.Text.Json;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Tests.Serialization;
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

    /// <summary>Endpoints of each class of calls.</summary>
    public ITestEndpoints Endpoints(RateLimitPriority priority = RateLimitPriority.Normal) =>
        _services.GetRequiredService<EndpointFactory>().For(new Caller(new CardTraderToken(TokenText), priority)).Of<ITestEndpoints>();

    /// <summary>Makes a call of a class, and reads what it answers.</summary>
    public async Task<JsonElement> CallAsync(OperationClass operationClass, CancellationToken cancellationToken = default)
    {
        var endpoints = Endpoints();
        switch (operationClass)
        {
            case OperationClass.Read:
                return (await endpoints.ReadAsync(cancellationToken).ConfigureAwait(false)).Read(static answer => answer.Clone());
            case OperationClass.Write:
                return (await endpoints.WriteAsync(cancellationToken).ConfigureAwait(false)).Read(static answer => answer.Clone());
            case OperationClass.NonRepeatableWrite:
                return (await endpoints.CreateAsync(cancellationToken).ConfigureAwait(false)).Read(static answer => answer.Clone());
            case OperationClass.JobPoll:
                return (await endpoints.PollAsync("1", cancellationToken: cancellationToken).ConfigureAwait(false))
                    .Read(static answer => answer.Clone());
            default:
                using (var answer = await endpoints.ExportAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
                {
                    var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                    return await JsonSerializer.DeserializeAsync(body, TestJsonContext.Default.JsonElement, cancellationToken)
                        .ConfigureAwait(false);
                }
        }
    }

    public static TestClient Answering(string body) => new(new StubTransport(System.Net.HttpStatusCode.OK, body));

    public static TestClient Answering(byte[] body) =>
        new(new StubTransport(_ => StubTransport.Answer(System.Net.HttpStatusCode.OK, body)));

    public void Dispose() => _services.Dispose();
}
