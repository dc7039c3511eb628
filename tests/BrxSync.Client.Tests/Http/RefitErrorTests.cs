using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Jobs;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Http;

/// <summary>Exceptions of Refit carry the request, and with it the token: none may reach a caller.</summary>
public sealed class RefitErrorTests
{
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<string> Ways => [.. Failures.Keys];

    private static Dictionary<string, Func<CancellationToken, Task<HttpResponseMessage>>> Failures { get; } = new(StringComparer.Ordinal)
    {
        ["refused"] = _ => Answer(HttpStatusCode.UnprocessableEntity, """{"error_code":"invalid"}"""),
        ["unauthorized"] = _ => Answer(HttpStatusCode.Unauthorized, "{}"),
        ["broken server"] = _ => Answer(HttpStatusCode.InternalServerError, "<h1>Down</h1>"),
        ["redirect"] = _ => Answer(HttpStatusCode.Found, string.Empty),
        ["page"] = _ => Answer(HttpStatusCode.OK, "<html></html>"),
        ["empty"] = _ => Answer(HttpStatusCode.OK, string.Empty),
        ["no content"] = _ => Answer(HttpStatusCode.NoContent, string.Empty),
        ["another shape"] = _ => Answer(HttpStatusCode.OK, "7"),
        ["cut short"] = _ => Answer(HttpStatusCode.OK, "{\"id\":"),
        ["no connection"] = _ => throw new HttpRequestException(HttpRequestError.ConnectionError),
        ["lost answer"] = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        ["broken body"] = _ => throw new IOException("reset"),
        ["silence"] = token =>
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            token.Register(() => never.TrySetCanceled(token));
            return never.Task;
        },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AnyEndpoint_WhateverFails_ThrowsOnlyErrorsOfTheClient(string way)
    {
        using var client = new TestClient(
            new StubTransport((_, _, token) => Failures[way](token)),
            options => options.Resilience.Throttling.BlockedPause = TimeSpan.Zero,
            services => services.AddSingleton<TimeProvider>(_clock));
        var account = client.Account;
        Func<Task>[] calls =
        [
            () => account.Account.GetInfoAsync(),
            () => account.Catalog.ListExpansionsAsync(),
            () => account.Catalog.StreamBlueprintsAsync(new ExpansionId(1)).ToListAsync().AsTask(),
            () => account.Inventory.StreamExportAsync().ToListAsync().AsTask(),
            () => account.Inventory.IncrementAsync(new ProductId(1), 1),
            () => account.Orders.ListAsync(new OrderFilter()),
            () => account.Orders.ShipAsync(new OrderId(1)),
            () => account.Jobs.GetAsync(new JobId("a")),
        ];
        foreach (var call in calls)
        {
            var error = await Should.ThrowAsync<CardTraderException>(() => Task.Run(() => _clock.RunAsync(call())));

            error.Operation.ShouldNotBeNullOrEmpty();
            Causes(error).ShouldAllBe(cause => !cause.GetType().FullName!.StartsWith("Refit.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task AnyEndpoint_GivenUp_ThrowsThatItWas()
    {
        using var client = new TestClient(new StubTransport((_, _, token) => Failures["silence"](token)));
        using var cancellation = new CancellationTokenSource();

        var call = client.Account.Account.GetInfoAsync(cancellation.Token);
        await cancellation.CancelAsync();

        var error = await Should.ThrowAsync<OperationCanceledException>(call);
        error.CancellationToken.ShouldBe(cancellation.Token);
        Causes(error).ShouldAllBe(cause => !cause.GetType().FullName!.StartsWith("Refit.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeleteAsync_AnsweredWithoutContent_Succeeds()
    {
        using var client = new TestClient(new StubTransport(HttpStatusCode.NoContent, string.Empty));

        await client.Account.Wishlists.DeleteAsync(new WishlistId(1));
        await client.Account.Inventory.DeleteImageAsync(new ProductId(1));
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
        Task.FromResult(StubTransport.Answer(status, body));

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
