namespace BrxSync.Store.Compliance;

/// <summary>Lets things happen before the marketplace looks, and after it has looked but before its answer arrives.</summary>
internal sealed class InterleavingHandler(Interleaving interleaving) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath.Contains(interleaving.Path, StringComparison.Ordinal) != true)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        await interleaving.BeforeRead();
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        await interleaving.AfterRead();
        return response;
    }
}

/// <summary>What happens around reads.</summary>
internal sealed class Interleaving
{
    /// <summary>Where the reads go around which things happen.</summary>
    public string Path { get; init; } = "/products/export";

    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    public void Clear() => BeforeRead = AfterRead = () => Task.CompletedTask;
}
