using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BrxSync.Client;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>
/// Runs the client against WireMock: a test loads mappings, calls, and verifies that the server got exactly what the mappings
/// describe, with the headers every request must have.
/// </summary>
[Collection(WireMockCollection.Name)]
public abstract class ContractTest(WireMockFixture server) : IAsyncLifetime
{
    protected const string Token = "contract-token";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient admin = new() { BaseAddress = new Uri(server.Address, "__admin/") };
    private ServiceProvider? services;
    private ICardTraderAccount? account;

    /// <summary>The account that calls WireMock.</summary>
    protected ICardTraderAccount Account => account ??= Connect();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        admin.Dispose();
    }

    /// <summary>Sets the client up otherwise than by default. Called before the first use of <see cref="Account"/>.</summary>
    protected virtual void Configure(CardTraderClientOptions options)
    {
    }

    /// <summary>Loads the mapping of the test's <see cref="ContractAttribute"/>, runs the call, and verifies what the server got.</summary>
    protected async Task<T> CallAsync<T>(
        Func<ICardTraderAccount, Task<T>> call, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var contract = GetType().GetMethod(test)!.GetCustomAttribute<ContractAttribute>()!;
        await LoadAsync(contract.Mapping);
        var result = await call(Account);
        await VerifyAsync(contract.Endpoint);
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
    protected async Task LoadAsync(string mapping)
    {
        var file = JsonNode.Parse(
            await File.ReadAllTextAsync(RepositoryPaths.At("tests", "BrxSync.Contract.Tests", "Mappings", mapping + ".json")))!;
        var mappings = file["mappings"] is JsonArray several ? several.DeepClone() : new JsonArray(file.DeepClone());
        await LoadAsync((JsonArray)mappings);
    }

    /// <summary>Replaces all mappings of the server by one that answers every request.</summary>
    protected Task AnswerAsync(string method, string response) =>
        LoadAsync((JsonArray)JsonNode.Parse(
            $$"""[{"request": {"method": "{{method}}", "urlPattern": "/api/v2/.*"}, "response": {{response}}}]""")!);

    /// <summary>What the server received since the mappings were loaded, in order.</summary>
    protected async Task<IReadOnlyList<ReceivedRequest>> ReceivedAsync()
    {
        var journal = await admin.GetFromJsonAsync<JsonNode>("requests");
        return [.. journal!["requests"]!.AsArray().Select(Read).Reverse()];
    }

    /// <summary>Verifies that each request was one the mappings describe, that each mapping was used, and the headers of all.</summary>
    protected async Task VerifyAsync(string endpoint)
    {
        var requests = await ReceivedAsync();
        requests.ShouldAllBe(request => request.WasMatched, await NearMissesAsync());
        requests.ShouldContain(request => Matches(endpoint, request), endpoint);
        (await admin.GetFromJsonAsync<JsonNode>("mappings/unmatched"))!["mappings"]!.AsArray()
            .Select(mapping => mapping!["request"]!.ToJsonString()).ShouldBeEmpty("mappings that nothing asked for");
        foreach (var request in requests)
        {
            request.Headers["Authorization"].ShouldBe("Bearer " + Token);
            request.Headers["Accept"].ShouldBe("application/json");
            request.Headers["Accept-Encoding"].ShouldContain("gzip");
            request.Headers["User-Agent"].ShouldStartWith("BrxSync.Client");
        }
    }

    private static bool Matches(string endpoint, ReceivedRequest request)
    {
        var parts = endpoint.Split(' ');
        var path = Regex
            .Escape("/api/v2" + parts[1])
            .Replace(@"\{id}", "[^/]+", StringComparison.Ordinal)
            .Replace(@"\{uuid}", "[^/]+", StringComparison.Ordinal);
        return request.Method == parts[0] && Regex.IsMatch(request.Url.Split('?')[0], $"^{path}$");
    }

    private static ReceivedRequest Read(JsonNode? served)
    {
        var request = served!["request"]!;
        var body = Encoding.UTF8.GetString(Convert.FromBase64String((string?)request["bodyAsBase64"] ?? string.Empty));
        var headers = request["headers"]!.AsObject()
            .ToDictionary(header => header.Key, header => header.Value!.ToString(), StringComparer.OrdinalIgnoreCase);
        return new ReceivedRequest((string)request["method"]!, (string)request["url"]!, body, (bool)served["wasMatched"]!, headers);
    }

    private async Task LoadAsync(JsonArray mappings)
    {
        (await admin.PostAsync(new Uri("reset", UriKind.Relative), null)).EnsureSuccessStatusCode();
        var import = new JsonObject { ["mappings"] = mappings };
        var answer = await admin.PostAsJsonAsync("mappings/import", import, Json);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> NearMissesAsync()
    {
        var answer = await admin.GetFromJsonAsync<JsonNode>("requests/unmatched/near-misses");
        return answer!.ToJsonString(new JsonSerializerOptions(Json) { WriteIndented = true });
    }

    private ICardTraderAccount Connect()
    {
        services = new ServiceCollection()
            .AddCardTraderClient(options =>
            {
                options.BaseAddress = new Uri(server.Address, "api/v2");
                Configure(options);
            })
            .Services.BuildServiceProvider();
        return services.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(Token));
    }
}
