using System.Text;

namespace BrxSync.Contract.Tests.WireMock;

/// <summary>Each part of a pattern can fail.</summary>
public sealed class RequestPatternTests
{
    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\nContent-Type: image/png\r\n\r\nAB\r\n--b--\r\n";

    [Theory]
    [InlineData("""{"method": "ANY"}""")]
    [InlineData("""{"method": "POST", "url": "/a?b=c%20d", "urlPattern": "/a.*"}""")]
    [InlineData("""{"method": "POST", "headers": {"accept": {"equalTo": "a/b"}, "Accept": {"contains": "/", "matches": "[a-c]/."}}}""")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"equalToJson": {"y": [1, 2], "x": 2.5}}, {"contains": "2.50"}]}""")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"absent": false}]}""")]
    public void FindDifferences_AllIsMet_FindsNone(string pattern) => Find(pattern, """{"x": 2.50, "y": [1, 2]}""").ShouldBeEmpty();

    [Theory]
    [InlineData("""{"method": "PUT"}""", "the method is POST, not PUT")]
    [InlineData("""{"method": "POST", "url": "/a?b=c d"}""", "the URL is /a?b=c%20d, not /a?b=c d")]
    [InlineData("""{"method": "POST", "urlPattern": "/a"}""", "the URL is /a?b=c%20d, not like /a")]
    [InlineData("""{"method": "POST", "headers": {"Accept": {"equalTo": "A/b"}}}""", "the header Accept is a/b, not {\"equalTo\":\"A/b\"}")]
    [InlineData("""{"method": "POST", "headers": {"Accept": {"matches": "a"}}}""", "the header Accept is a/b")]
    [InlineData("""{"method": "POST", "headers": {"X": {"contains": ""}}}""", "the header X is absent")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"equalToJson": {"x": 1}}]}""", "the body is")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"equalToJson": {"x": 1, "y": [1, 2], "z": 3}}]}""", "the body is")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"equalToJson": {"x": 1, "y": [2, 1]}}]}""", "the body is")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"contains": "1"}, {"contains": "4"}]}""", "not {\"contains\":\"4\"}")]
    [InlineData("""{"method": "POST", "bodyPatterns": [{"absent": true}]}""", "not {\"absent\":true}")]
    [InlineData("""{"method": "POST", "multipartPatterns": [{"headers": {}, "bodyPatterns": []}]}""", "no part of the body")]
    public void FindDifferences_OneIsNotMet_TellsIt(string pattern, string difference) =>
        Find(pattern, """{"x": 1, "y": [1, 2]}""").ShouldHaveSingleItem().ShouldContain(difference);

    [Theory]
    [InlineData("""{"Content-Disposition": {"contains": "name=\"x\""}, "Content-Type": {"equalTo": "image/png"}}""", "QUI=", true)]
    [InlineData("""{"Content-Disposition": {"contains": "name=\"y\""}}""", "QUI=", false)]
    [InlineData("""{"Content-Length": {"equalTo": "2"}}""", "QUI=", false)]
    [InlineData("{}", "QUM=", false)]
    public void FindDifferences_Form_NeedsAPartThatMeetsAll(string headers, string base64, bool isMet)
    {
        var pattern = $$$"""
            {"method": "POST", "multipartPatterns": [{"headers": {{{headers}}}, "bodyPatterns": [{"binaryEqualTo": "{{{base64}}}"}]}]}
            """;

        Find(pattern, Form, "multipart/form-data; boundary=b").Any().ShouldBe(!isMet);
    }

    private static IEnumerable<string> Find(string pattern, string body, string type = "text/plain")
    {
        var mapping = Mapping.Read($$$"""{"request": {{{pattern}}}, "response": {}}""").Single();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept"] = "a/b", ["Content-Type"] = type };
        return mapping.Request.FindDifferences(new ReceivedRequest("POST", "/a?b=c%20d", Encoding.UTF8.GetBytes(body), headers));
    }
}
