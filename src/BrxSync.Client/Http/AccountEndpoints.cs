using Refit;

namespace BrxSync.Client.Http;

/// <summary>Gives the endpoints of each area, bound to one caller.</summary>
internal sealed class AccountEndpoints(HttpClient client, RefitSettings settings, Caller caller)
{
    public T Of<T>()
        where T : IEndpoints
    {
        var endpoints = RestService.ForGenerated<T>(client, settings);
        endpoints.Caller = caller;
        return endpoints;
    }

    /// <summary>Gives the same endpoints with one more observer of the answers.</summary>
    public AccountEndpoints WithAnswerObserver(Action<AnswerTime> observer) =>
        new(client, settings, caller with { AnswerObserver = caller.AnswerObserver + observer });

    /// <summary>Gives the same endpoints with one more condition for sending.</summary>
    public AccountEndpoints WithSendCondition(Func<bool> maySend) =>
        new(client, settings, caller with { MaySend = caller.MaySend is { } before ? () => before() && maySend() : maySend });
}
