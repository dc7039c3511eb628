using System.Net;
using System.Net.Sockets;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>What the server does to a connection is what a client of any kind would see.</summary>
[Collection(WireMockCollection.Name)]
public sealed class WireTests(WireMockFixture server) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("EMPTY_RESPONSE", HttpRequestError.ResponseEnded)]
    [InlineData("RANDOM_DATA_THEN_CLOSE", HttpRequestError.InvalidResponse)]
    public async Task Fault_BeforeTheHead_EndsTheConnection(string fault, HttpRequestError error)
    {
        Load($$"""{"fault": "{{fault}}"}""");

        // What has no body the platform sends again by itself.
        (await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync("/", new ByteArrayContent([1])))).HttpRequestError
            .ShouldBe(error);
        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fault_Reset_IsAReset()
    {
        Load("""{"fault": "CONNECTION_RESET_BY_PEER"}""");

        var exception = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("/"));

        exception.GetBaseException().ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task Fault_MalformedChunk_ComesAfterAGoodHead()
    {
        Load("""{"fault": "MALFORMED_RESPONSE_CHUNK"}""");

        using var answer = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Should.ThrowAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync()))
            .HttpRequestError.ShouldBe(HttpRequestError.InvalidResponse);
    }

    [Fact]
    public async Task Fault_NeverBegins_TellsThatItHoldsTheAnswer()
    {
        Load("""{"fault": "NEVER_BEGINS"}""");
        using var patience = new CancellationTokenSource();
        server.AnswerHeld = patience.Cancel;

        await Should.ThrowAsync<TaskCanceledException>(() => client.GetAsync("/", patience.Token));

        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fault_StopsHalfway_SendsHalfTheBody()
    {
        Load("""{"body": "12345678", "fault": "STOPS_HALFWAY"}""");

        using var answer = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var half = new byte[4];
        await body.ReadExactlyAsync(half);
        half.ShouldBe("1234"u8.ToArray());
        body.ReadAsync(half).AsTask().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Answer_GzipAccepted_IsPacked()
    {
        Load("""{"jsonBody": {"price": "€1", "cents": 1.00}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Encoding", "gzip" } } };

        (await client.GetStringAsync("/")).ShouldBe("""{"price":"€1","cents":1.00}""");
        (await client.SendAsync(request)).Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
    }

    [Fact]
    public async Task Received_EncodedTarget_IsAsItWasSent()
    {
        Load("{}");
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };

        await client.GetAsync(new Uri(server.Address + "a%2Fb%41?c=d+%20e", asItIs));

        server.Received.Single().Url.ShouldBe("/a%2Fb%41?c=d+%20e");
    }

    [Fact]
    public async Task Load_Scenario_StaysInItsLastState()
    {
        server.Load(Mapping.Read("""
            {"mappings": [
              {"scenarioName": "s", "requiredScenarioState": "Started", "newScenarioState": "again",
               "request": {"method": "GET"}, "response": {"status": 429}},
              {"scenarioName": "s", "requiredScenarioState": "again", "request": {"method": "GET"}, "response": {"status": 204}}
            ]}
            """));

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((int)(await client.GetAsync("/")).StatusCode);
        }

        statuses.ShouldBe([429, 204, 204]);
    }

    [Fact]
    public async Task Describe_OtherRequest_TellsBothSides()
    {
        server.Load(Mapping.Read("""{"request": {"method": "GET", "url": "/a"}, "response": {}}"""));

        (await client.GetAsync("/b")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        server.DescribeUnexpected().ShouldBe(["GET /b:\n  GET /a: the URL is /b, not /a"]);
        server.DescribeUnused().ShouldBe(["GET /a"]);
    }

    private void Load(string answer) =>
        server.Load(Mapping.Read($$"""{"request": {"method": "ANY"}, "response": {{answer}}}"""));
}
