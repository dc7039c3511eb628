using System.Text;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;

namespace BrxSync.Client.Tests.Resilience;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"error":"Too many requests: max 200 requests per 10 seconds"}""", RateLimitBucket.General)]
    [InlineData("""{"error":"Too many requests: max 10 requests per second"}""", RateLimitBucket.Marketplace)]
    [InlineData("""{"error":"Too many requests: max 1 request per second"}""", RateLimitBucket.Jobs)]
    [InlineData("", RateLimitBucket.General)]
    [InlineData("<html>slow down</html>", RateLimitBucket.General)]
    public void BucketOf_Body_NamesTheLimit(string body, RateLimitBucket bucket) =>
        Refusal.BucketOf(Encoding.UTF8.GetBytes(body)).ShouldBe(bucket);
}
