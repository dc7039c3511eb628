using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Changes.Blueprints;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>
/// Says what may be sent of the properties of products: only names and values that their blueprints allow, in CardTrader's words.
/// </summary>
internal sealed class PropertyPlanner(BlueprintLearner learner)
{
    /// <summary>Plans the properties of one product.</summary>
    /// <param name="remote">CardTrader, by the token of the seller.</param>
    /// <param name="blueprint">The blueprint of the product.</param>
    /// <param name="wanted">The properties to send, as they were entered.</param>
    /// <param name="current">The properties that the product has at CardTrader as far as is known; empty for one to be created.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What to send, and what became of the rest.</returns>
    /// <exception cref="BrxSync.Client.Errors.CardTraderException">
    /// The token is refused or turned away. Other failures leave a doubt in the plan.
    /// </exception>
    public async Task<PropertyPlan> PlanAsync(
        ICardTraderAccount remote,
        BlueprintId blueprint,
        IReadOnlyDictionary<string, PropertyValue> wanted,
        IReadOnlyDictionary<string, PropertyValue> current,
        CancellationToken cancellationToken)
    {
        var request = new PropertyRequest { Blueprint = blueprint, Wanted = wanted, Current = current };
        return (await PlanAsync(remote, [request], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Plans the properties of many products; blueprints of one expansion are learned together.</summary>
    /// <param name="remote">CardTrader, by the token of the seller.</param>
    /// <param name="requests">The products.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A plan for each, in their order.</returns>
    /// <exception cref="BrxSync.Client.Errors.CardTraderException">The token is refused or turned away.</exception>
    public Task<IReadOnlyList<PropertyPlan>> PlanAsync(
        ICardTraderAccount remote, IReadOnlyList<PropertyRequest> requests, CancellationToken cancellationToken) =>
        PlanAsync(remote, requests, isRefused: false, cancellationToken);

    /// <summary>
    /// Plans again what CardTrader refused because of its properties (<see cref="PropertyRefusals"/>): what is known of the blueprints is
    /// read anew, unless it is as good as new. A plan that sends the same as before will be refused again.
    /// </summary>
    /// <param name="remote">CardTrader, by the token of the seller.</param>
    /// <param name="requests">The products.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A plan for each, in their order.</returns>
    /// <exception cref="BrxSync.Client.Errors.CardTraderException">The token is refused or turned away.</exception>
    public Task<IReadOnlyList<PropertyPlan>> PlanAgainAsync(
        ICardTraderAccount remote, IReadOnlyList<PropertyRequest> requests, CancellationToken cancellationToken) =>
        PlanAsync(remote, requests, isRefused: true, cancellationToken);

    private async Task<IReadOnlyList<PropertyPlan>> PlanAsync(
        ICardTraderAccount remote, IReadOnlyList<PropertyRequest> requests, bool isRefused, CancellationToken cancellationToken)
    {
        var asked = requests.Where(request => request.Wanted.Count > 0)
            .GroupBy(request => request.Blueprint)
            .ToDictionary(
                group => group.Key, group => group.Select(request => request.Product).FirstOrDefault(product => product is not null));
        var known = await learner.LearnAsync(remote, asked, isRefused, cancellationToken).ConfigureAwait(false);
        return [.. requests.Select(request => Plan(request, known.GetValueOrDefault(request.Blueprint)))];
    }

    private static PropertyPlan Plan(PropertyRequest request, KnownBlueprint? known)
    {
        var notes = new PropertyNotes();
        if (known?.Learned is { } learned)
        {
            AllowedProperties.Select(learned.Properties.Definitions, request.Wanted, notes);
        }
        else
        {
            UnlearnedProperties.Select(request.Wanted, request.Current, notes);
        }

        return new PropertyPlan
        {
            Blueprint = request.Blueprint,
            Send = notes.Sent,
            Notes = notes.All,
            LearnedAt = known?.Learned?.LearnedAt,
            Doubt = request.Wanted.Count > 0 ? known?.Doubt?.Reason : null,
            MayPass = request.Wanted.Count > 0 && known?.Doubt is { MayPass: true },
        };
    }
}
