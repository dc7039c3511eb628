using System.Net;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Tests.Errors;

public sealed class ErrorModelTests
{
    [Fact]
    public async Task GetInfoAsync_Unauthorized_ThrowsAuthentication()
    {
        var error = await CallAsync(
            HttpStatusCode.Unauthorized,
            """{"error_code":"unauthorized","errors":[],"extra":{"message":"Unauthorized"},"request_id":"r-1"}""");

        error.ShouldBeOfType<CardTraderAuthenticationException>();
        error.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        error.ErrorCode.ShouldBe("unauthorized");
        error.RequestId.ShouldBe("r-1");
        error.IsTransient.ShouldBeFalse();
        error.Operation.ShouldBe("GET /info");
        error.Message.ShouldContain("ask for the current token");
    }

    [Fact]
    public async Task GetInfoAsync_ForbiddenWithCode_ThrowsAuthentication() =>
        (await CallAsync(HttpStatusCode.Forbidden, """{"error_code":"application_disabled","errors":["off"]}"""))
            .ShouldBeOfType<CardTraderAuthenticationException>();

    [Fact]
    public async Task GetInfoAsync_ForbiddenByAProxy_IsTransientAndNotAboutTheToken()
    {
        var error = await CallAsync(HttpStatusCode.Forbidden, "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>");

        error.ShouldBeOfType<CardTraderException>();
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("Just a moment...");
        error.Message.ShouldContain("nothing about the token");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><body><p>Sign in to the guest network</p></body></html>")]
    [InlineData("Unauthorized")]
    [InlineData("[]")]
    [InlineData("""{"message":"Unauthorized"}""")]
    [InlineData("""{"error_code":null,"errors":[]}""")]
    [InlineData("""{"error_code":"unauth""")]
    public async Task GetInfoAsync_UnauthorizedWithoutErrorCode_IsTransientAndNotAboutTheToken(string body)
    {
        var error = await CallAsync(HttpStatusCode.Unauthorized, body);

        error.ShouldBeOfType<CardTraderException>();
        error.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBeFalse();
        error.Message.ShouldContain("nothing about the token");
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""["one","two"]""", "one|two")]
    [InlineData("""[{"scheduler":"busy"}]""", "scheduler: busy")]
    [InlineData("""{"payment_method":["empty","old"]}""", "payment_method: empty|payment_method: old")]
    [InlineData("""{"properties":{"condition":["is not included in the list"]}}""", "properties.condition: is not included in the list")]
    [InlineData("\"alone\"", "alone")]
    [InlineData("null", "")]
    public async Task GetInfoAsync_ErrorsInAnyShape_AreFlattened(string errors, string expected)
    {
        var error = await CallAsync(HttpStatusCode.UnprocessableEntity, $$"""{"error_code":"validation_error","errors":{{errors}}}""");

        string.Join('|', error.Errors).ShouldBe(expected);
        error.IsTransient.ShouldBeFalse();
        foreach (var text in expected.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            error.Message.ShouldContain(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("""{"error_code":"int""")]
    [InlineData("queue full")]
    [InlineData("<html><body><p>Bad gateway</p></body></html>")]
    [InlineData("12")]
    [InlineData("[1,")]
    public async Task GetInfoAsync_ServerErrorWithAnyBody_IsTransient(string body)
    {
        var error = await CallAsync(HttpStatusCode.ServiceUnavailable, body);

        error.ShouldBeOfType<CardTraderException>();
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBeFalse();
        error.Message.ShouldContain("503");
    }

    [Fact]
    public async Task GetInfoAsync_BodyEchoesTheToken_TheTokenIsNotInTheError()
    {
        var error = await CallAsync(
            HttpStatusCode.BadRequest,
            $$$"""{"errors":["header Bearer {{{TestClient.TokenText}}} is bad"],"extra":{"message":"{{{TestClient.TokenText}}}"}}""");

        error.ToString().ShouldNotContain("marked-secret-token");
        error.Errors[0].Text.ShouldBe("header Bearer [token] is bad");
    }

    [Theory]
    [InlineData("", ResponseFaultKind.Empty)]
    [InlineData("<!DOCTYPE html><p>Down</p>", ResponseFaultKind.Html)]
    [InlineData("""{"id":1,"name":"a""", ResponseFaultKind.CutShort)]
    [InlineData("""{"id":1}x""", ResponseFaultKind.TrailingText)]
    [InlineData("""{"id":1.5}""", ResponseFaultKind.UnexpectedShape)]
    [InlineData("""{"name":"no id"}""", ResponseFaultKind.UnexpectedShape)]
    [InlineData("[]", ResponseFaultKind.UnexpectedShape)]
    [InlineData("null", ResponseFaultKind.UnexpectedShape)]
    [InlineData("""{"id":}""", ResponseFaultKind.Malformed)]
    public async Task GetInfoAsync_UnusableBody_ThrowsWithItsKind(string body, ResponseFaultKind kind)
    {
        var error = (await CallAsync(HttpStatusCode.OK, body)).ShouldBeOfType<CardTraderResponseException>();

        error.Kind.ShouldBe(kind);
    }

    private static async Task<CardTraderException> CallAsync(HttpStatusCode status, string body)
    {
        using var client = new TestClient(new StubTransport(status, body));
        return await Should.ThrowAsync<CardTraderException>(() => client.Account.Account.GetInfoAsync());
    }
}
