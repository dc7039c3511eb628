using System.Text;
using Microsoft.AspNetCore.Builder;
using WireMock;
using WireMock.Matchers.Request;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>A WireMock.Net server on a free port of the loopback interface, started once for all contract tests.</summary>
public sealed class WireMockFixture : IDisposable
{
    private readonly WireMockServer server;
    private readonly Dictionary<Guid, Mapping> mappings = [];

    public WireMockFixture() =>
        server = WireMockServer.Start(new WireMockServerSettings
        {
            Urls = ["http://127.0.0.1:0"],
            StartTimeout = 60_000,
            AllowBodyForAllHttpMethods = true,
            DisableJsonBodyParsing = true,
            PreWireMockMiddlewareInit = builder =>
                ((IApplicationBuilder)builder).Use(new Wire(() => AnswerHeld()).HandleAsync),
        });

    /// <summary>Where the server listens.</summary>
    public Uri Address => new(server.Urls.Single());

    /// <summary>Called when the server has a request whose answer never begins.</summary>
    internal Action AnswerHeld { get; set; } = () => { };

    /// <summary>What the server received since the mappings were loaded, in order.</summary>
    internal IReadOnlyList<ReceivedRequest> Received => [.. server.LogEntries.Select(entry => ReceivedRequest.From(entry.RequestMessage!))];

    public void Dispose() => server.Dispose();

    /// <summary>Replaces all mappings, and forgets what was received.</summary>
    internal void Load(IEnumerable<Mapping> replacements)
    {
        server.Reset();
        mappings.Clear();
        foreach (var mapping in replacements)
        {
            var id = Guid.NewGuid();
            mappings.Add(id, mapping);
            Register(id, mapping);
        }
    }

    /// <summary>Tells which requests no mapping describes, each with what separates it from every mapping.</summary>
    internal IEnumerable<string> DescribeUnexpected() =>
        from entry in server.LogEntries
        where entry.MappingGuid is null
        let request = ReceivedRequest.From(entry.RequestMessage!)
        select $"{request}:\n" + string.Join('\n', mappings.Values.Select(mapping =>
            $"  {mapping.Request.Method} {mapping.Request.Url}: {string.Join("; ", mapping.Request.FindDifferences(request))}"));

    /// <summary>Tells which mappings no request asked for.</summary>
    internal IEnumerable<string> DescribeUnused() =>
        mappings.ExceptBy(server.LogEntries.Select(entry => entry.MappingGuid ?? Guid.Empty), mapping => mapping.Key)
            .Select(mapping => $"{mapping.Value.Request.Method} {mapping.Value.Request.Url}");

    private static IResponseBuilder ResponseOf(Answer answer)
    {
        var response = Response.Create().WithStatusCode(answer.Status ?? 200);
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
        {
            response = response.WithHeader(name, value);
        }

        if (answer.Fault is { } fault)
        {
            response = response.WithHeader(Wire.FaultHeader, fault.ToString());
        }

        return (answer.Body ?? answer.JsonBody?.ToJsonString(Mapping.Json)) is { } body
            ? response.WithBody(Encoding.UTF8.GetBytes(body))
            : response;
    }

    private void Register(Guid id, Mapping mapping)
    {
        var rule = server.Given(Request.Create().Add(new Matcher(mapping.Request))).WithGuid(id);
        if (mapping.ScenarioName is { } scenario)
        {
            rule = rule.InScenario(scenario);

            // WireMock.Net has no name for the state at the start, and goes back to it where it is not told which one is next.
            var next = mapping.NewScenarioState ?? mapping.RequiredScenarioState;
            rule = mapping.RequiredScenarioState is { } state and not "Started" ? rule.WhenStateIs(state) : rule;
            rule = next is not null and not "Started" ? rule.WillSetStateTo(next) : rule;
        }

        rule.RespondWith(ResponseOf(mapping.Response));
    }

    private sealed class Matcher(RequestPattern pattern) : IRequestMatcher
    {
        public RequestMatcherType Type => RequestMatcherType.Composite;

        public double GetMatchingScore(IRequestMessage requestMessage, IRequestMatchResult requestMatchResult) =>
            requestMatchResult.AddScore(
                typeof(Matcher), pattern.FindDifferences(ReceivedRequest.From(requestMessage)).Any() ? 0 : 1, exception: null);
    }
}
