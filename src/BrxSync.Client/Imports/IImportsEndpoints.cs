using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Imports;

/// <summary>The endpoints about CSV imports.</summary>
internal interface IImportsEndpoints : IEndpoints
{
    const string AllRoute = "/product_imports";
    const string OneRoute = AllRoute + "/{id}";

    // Replacing twice gives the same stock, but a sale between the two would be undone: neither is ever repeated.
    [Post(AllRoute)]
    Task<ImportReceipt> StartAsync([Body] MultipartFormDataContent form, CancellationToken cancellationToken);

    [Get(OneRoute)]
    Task<UnreadAnswer> GetAsync(long id, CancellationToken cancellationToken);

    [Get(OneRoute + "/skipped")]
    Task<HttpResponseMessage> GetSkippedRowsAsync(
        long id, [Property] CallKind kind = CallKind.StreamedRead, CancellationToken cancellationToken = default);
}
