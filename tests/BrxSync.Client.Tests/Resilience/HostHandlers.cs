namespace BrxSync.Client.Tests.Resilience;

/// <summary>Sends again whatever failed, as handlers of hosts do that know nothing of the call.</summary>
internal sealed class RepeatingHandler(int repetitions = 3) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var repetition = 0; ; repetition++)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode < 400 || repetition == repetitions)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception) when (repetition < repetitions && !cancellationToken.IsCancellationRequested)
            {
                // Once more.
            }
        }
    }
}

/// <summary>Gives up after 10 seconds: cancels what it sent, or forgets it.</summary>
internal sealed class ImpatientHandler(TimeProvider clock, bool forgets) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (forgets)
        {
            return await base.SendAsync(request, cancellationToken).WaitAsync(TimeSpan.FromSeconds(10), clock, cancellationToken);
        }

        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        return await base.SendAsync(request, linked.Token);
    }
}

/// <summary>Replaces every failure.</summary>
internal sealed class ReplacingHandler(Func<HttpResponseMessage> replacement) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? response : replacement();
        }
        catch (Exception)
        {
            return replacement();
        }
    }
}

/// <summary>Puts a handler around all others, also around those that were added later.</summary>
internal sealed class OuterHandlerFilter(Func<DelegatingHandler> handler) : Microsoft.Extensions.Http.IHttpMessageHandlerBuilderFilter
{
    public Action<Microsoft.Extensions.Http.HttpMessageHandlerBuilder> Configure(
        Action<Microsoft.Extensions.Http.HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        builder.AdditionalHandlers.Insert(0, handler());
    };
}
