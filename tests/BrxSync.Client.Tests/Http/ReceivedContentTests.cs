using BrxSync.Client.Http;

namespace BrxSync.Client.Tests.Http;

public sealed class ReceivedContentTests
{
    [Theory]
    [InlineData("\uFEFF<!DOCTYPE html>", true)]
    [InlineData(" \r\n\t<p>Down</p>", true)]
    [InlineData("\uFEFF [1]", false)]
    public async Task ReceiveHeadAsync_BodyThatBeginsWithBlanksOfTheirOwn_SeesWhatFollowsThem(string body, bool isHtml)
    {
        using var content = new StreamContent(new ChunkedStream(System.Text.Encoding.UTF8.GetBytes(body), 3));

        using var received = await ReceivedContent.ReceiveHeadAsync(content, default);

        received.IsHtml.ShouldBe(isHtml);
    }
}
