using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Tests;

/// <summary>An endpoint of each class, declared as those of the product are.</summary>
internal interface ITestEndpoints : IEndpoints
{
    [Get("/read")]
    Task<UnreadAnswer> ReadAsync(CancellationToken cancellationToken);

    [Get("/export")]
    Task<HttpResponseMessage> ExportAsync(
        [Property] CallKind kind = CallKind.Export, CancellationToken cancellationToken = default);

    [Put("/write")]
    Task<UnreadAnswer> WriteAsync(CancellationToken cancellationToken);

    [Post("/create")]
    Task<UnreadAnswer> CreateAsync(CancellationToken cancellationToken);

    [Get("/jobs/{uuid}")]
    Task<UnreadAnswer> PollAsync(
        string uuid, [Property] CallKind kind = CallKind.JobPoll, CancellationToken cancellationToken = default);

    [Get("/products/{id}")]
    Task LookAsync(long id, CancellationToken cancellationToken);

    [Post("/cart/purchase")]
    Task PurchaseAsync(CancellationToken cancellationToken);
}
