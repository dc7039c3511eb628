using Refit;

namespace BrxSync.Client.Http;

/// <summary>
/// What the endpoints of all areas have in common. An area declares each of its endpoints once, in an interface that extends this one:
/// method, route, what goes out and what comes back. Refit generates the rest.
/// </summary>
internal interface IEndpoints
{
    /// <summary>Who calls; travels with each request.</summary>
    [Property]
    Caller Caller { get; set; }
}
