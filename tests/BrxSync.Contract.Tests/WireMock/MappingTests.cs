using System.Text.Json;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>The reader refuses what it would otherwise ignore.</summary>
public sealed class MappingTests
{
    [Fact]
    public void Read_OneOrSeveral_ReadsThem()
    {
        const string One = """{"request": {"method": "GET", "url": "/a"}, "response": {"fault": "EMPTY_RESPONSE"}}""";

        Mapping.Read(One).ShouldBe([new Mapping(new RequestPattern("GET", "/a"), new Answer(Fault: Fault.EmptyResponse))]);
        Mapping.Read($$"""{"mappings": [{{One}}, {{One}}]}""").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"request": {"method": "GET"}, "response": {}, "priority": 1}""")]
    [InlineData("""{"mappings": [], "meta": {}}""")]
    [InlineData("""{"mappings": [{"request": {"method": "GET"}, "response": {}, "persistent": true}]}""")]
    [InlineData("""{"request": {"method": "GET", "urlPath": "/a"}, "response": {}}""")]
    [InlineData("""{"request": {"method": "GET", "headers": {"Accept": {"doesNotMatch": "a"}}}, "response": {}}""")]
    [InlineData("""{"request": {"method": "GET", "bodyPatterns": [{"equalToJson": {}, "ignoreExtraElements": true}]}, "response": {}}""")]
    [InlineData("""{"request": {"method": "GET", "multipartPatterns": [{"a": 1, "headers": {}, "bodyPatterns": []}]}, "response": {}}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {"fixedDelayMilliseconds": 1}}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {"fault": "SOME_OTHER"}}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {"status": 200, "fault": "EMPTY_RESPONSE"}}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {"body": "a", "jsonBody": "a"}}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {}, "requiredScenarioState": "Started"}""")]
    [InlineData("""{"request": {"method": "GET"}, "response": {}, "scenarioName": "a", "newScenarioState": "b"}""")]
    [InlineData("""{"request": {"method": "GET", "url": "/a", "url": "/b"}, "response": {}}""")]
    [InlineData("""{"request": {"url": "/a"}, "response": {}}""")]
    [InlineData("""{"request": {"method": "GET"}}""")]
    public void Read_PartThatNothingActsOn_IsRefused(string text) => Should.Throw<JsonException>(() => Mapping.Read(text));
}
