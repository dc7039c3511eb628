using System.Reflection;
using System.Text.RegularExpressions;
using BrxSync.Client;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>
/// Runs the client against WireMock.Net: a test loads mappings, calls, and verifies that the server got exactly what the mappings
/// describe, with the headers every request must have.
/// </summary>
[Collection(WireMockCollection.Name)]
public abstract class ContractTest(WireMockFixture server) : IAsyncLifetime
{
    protected const string Token = "contract-token";

    private ServiceProvider? services;
    private ICardTraderAccount? account;

    /// <summary>The account that calls WireMock.Net.</summary>
    protected ICardTraderAccount Account => account ??= Connect();

    protected WireMockFixture Server => server;

    /// <summary>What the server received since the mappings were loaded, in order.</summary>
    private protected IReadOnlyList<ReceivedRequest> Received => server.Received;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }
    }

    /// <summary>Sets the client up otherwise than by default. Called before the first use of <see cref="Account"/>.</summary>
    protected virtual void Configure(CardTraderClientOptions options)
    {
    }

    /// <inheritdoc cref="Configure(CardTraderClientOptions)"/>
    protected virtual void Configure(IHttpClientBuilder client)
    {
    }

    /// <summary>Loads the mapping of the test's <see cref="ContractAttribute"/>, runs the call, and verifies what the server got.</summary>
    protected async Task<T> CallAsync<T>(
        Func<ICardTraderAccount, Task<T>> call, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var contract = GetType().GetMethod(test)!.GetCustomAttribute<ContractAttribute>()!;
        await LoadAsync(contract.Mapping);
        using var kinds = new CallKinds();
        var result = await call(Account);
        Verify(contract.Endpoint, kinds.Seen);
        return result;
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    protected Task CallAsync(Func<ICardTraderAccount, Task> call, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        CallAsync(
            async account =>
            {
                await call(account);
                return true;
            },
            test);

    /// <summary>Replaces all mappings of the server by those of a file, and forgets what it received.</summary>
    protected async Task LoadAsync(string mapping) =>
        server.Load(Mapping.Read(
            await File.ReadAllTextAsync(RepositoryPaths.At("tests", "BrxSync.Contract.Tests", "Mappings", mapping + ".json"))));

    /// <summary>Replaces all mappings of the server by one that answers every request.</summary>
    protected void AnswerEverything() => server.Load([new Mapping(new RequestPattern("ANY"), new Answer())]);

    private static bool Matches(string endpoint, ReceivedRequest request)
    {
        var parts = endpoint.Split(' ');
        var path = Regex
            .Escape("/api/v2" + parts[1])
            .Replace(@"\{id}", "[^/]+", StringComparison.Ordinal)
            .Replace(@"\{uuid}", "[^/]+", StringComparison.Ordinal);
        return request.Method == parts[0] && Regex.IsMatch(request.Url.Split('?')[0], $"^{path}$");
    }

    /// <summary>
    /// Verifies that each request was one the mappings describe, that each mapping was used, the headers of all, and that the call is
    /// repeated as its reference says.
    /// </summary>
    private void Verify(string endpoint, IReadOnlyList<char> kinds)
    {
        server.DescribeUnexpected().ShouldBeEmpty("requests that no mapping describes");
        server.DescribeUnused().ShouldBeEmpty("mappings that nothing asked for");
        kinds.Count.ShouldBe(Received.Count);
        Received.Zip(kinds).Where(call => Matches(endpoint, call.First)).Select(call => call.Second).Distinct()
            .ShouldBe([CallKinds.Reference[endpoint].Kind], endpoint);
        foreach (var request in Received)
        {
            request.Headers["Authorization"].ShouldBe("Bearer " + Token);
            request.Headers["Accept"].ShouldBe("application/json");
            request.Headers["Accept-Encoding"].ShouldContain("gzip");
            request.Headers["User-Agent"].ShouldStartWith("BrxSync.Client");
        }
    }

    private ICardTraderAccount Connect()
    {
        var client = new ServiceCollection().AddCardTraderClient(options =>
        {
            options.BaseAddress = new Uri(server.Address, "api/v2");
            Configure(options);
        });
        Configure(client);
        services = client.Services.BuildServiceProvider();
        return services.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(Token));
    }
}
