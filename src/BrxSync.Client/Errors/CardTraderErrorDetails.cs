using System.Net;

namespace BrxSync.Client.Errors;

/// <summary>What is known about a call that failed.</summary>
public sealed record CardTraderErrorDetails
{
    /// <summary>Gets the call by its route template.</summary>
    /// <value>For example <c>GET /products/export</c>; never holds an id or a token.</value>
    public required string Operation { get; init; }

    /// <summary>Gets the HTTP status of the answer.</summary>
    /// <value><see langword="null"/> when there was no answer.</value>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the <c>error_code</c> of the answer, for example <c>not_found</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the id under which CardTrader logged the request, to quote when asking for support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets a value indicating whether the same call may succeed later without any change.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets a value indicating whether CardTrader may have executed the call although no usable answer arrived.</summary>
    /// <value><see langword="true"/> means: read the state before sending a call that is not repeatable again.</value>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Gets the complaints of the answer, flattened.</summary>
    public IReadOnlyList<CardTraderFault> Errors { get; init; } = [];
}
