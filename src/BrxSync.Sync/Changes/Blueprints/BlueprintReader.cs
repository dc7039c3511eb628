using BrxSync.Client;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Marketplace;
using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>
/// Asks CardTrader about blueprints. It lists them by expansion only, and a product does not name its expansion, so there are two calls:
/// one that tells the expansion of a blueprint, and one that tells everything about all blueprints of that expansion.
/// </summary>
internal sealed class BlueprintReader(TimeProvider time)
{
    /// <summary>
    /// Finds the expansion of a blueprint from any offer of it. Where nobody offers it, and the product is known, an undocumented call is
    /// tried, which may vanish without harm.
    /// </summary>
    /// <exception cref="CardTraderException">The token is refused or turned away: the next call would fail, too.</exception>
    public static async Task<BlueprintPlace> LocateAsync(
        ICardTraderAccount remote, BlueprintId blueprint, ProductId? product, CancellationToken cancellationToken)
    {
        try
        {
            var offers = await remote.Marketplace
                .ListOffersAsync(new MarketplaceQuery { BlueprintId = blueprint }, cancellationToken).ConfigureAwait(false);
            if (offers.ByBlueprint.TryGetValue(blueprint, out var found) && found.Count > 0)
            {
                return new BlueprintPlace(found.FirstOrDefault(offer => offer.ExpansionId is not null)?.ExpansionId, null);
            }

            if (product is { } id
                && await remote.Inventory.FindAsync(id, null, cancellationToken).ConfigureAwait(false) is { ExpansionId: { } expansion })
            {
                return new BlueprintPlace(expansion, null);
            }
        }
        catch (CardTraderException exception) when (!IsOfTheToken(exception))
        {
            return new BlueprintPlace(null, new ReadDoubt(exception.Message, exception.IsTransient));
        }

        return new BlueprintPlace(null, new ReadDoubt("Nobody offers the blueprint, so its expansion is not known.", MayPass: false));
    }

    /// <summary>Reads all blueprints of an expansion, or those that belong to none.</summary>
    /// <exception cref="CardTraderException">The token is refused or turned away: the next call would fail, too.</exception>
    public async Task<BlueprintReading> ReadAsync(ICardTraderAccount remote, ExpansionId? expansion, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = new Dictionary<BlueprintId, LearnedBlueprint>();
        var sets = new Dictionary<string, PropertySet>(StringComparer.Ordinal);
        var blueprints = expansion is { } id
            ? remote.Catalog.StreamBlueprintsAsync(id, cancellationToken)
            : remote.Catalog.StreamBlueprintsWithoutExpansionAsync(cancellationToken);
        try
        {
            await foreach (var blueprint in blueprints.ConfigureAwait(false))
            {
                if (IsReadable(blueprint))
                {
                    var set = PropertySet.Of(blueprint.EditableProperties);
                    if (!sets.TryAdd(set.Id, set))
                    {
                        set = sets[set.Id];
                    }

                    read[blueprint.Id] = new LearnedBlueprint(blueprint.Id, expansion, set, now);
                }
            }
        }
        catch (CardTraderException exception) when (!IsOfTheToken(exception))
        {
            return new BlueprintReading(read, new ReadDoubt(exception.Message, exception.IsTransient));
        }

        return new BlueprintReading(read, null);
    }

    /// <summary>A blueprint whose properties could not be read must not pass for one that has none.</summary>
    private static bool IsReadable(Blueprint blueprint) =>
        !blueprint.Faults.Any(fault => fault.Path.StartsWith("editable_properties", StringComparison.Ordinal))
        && blueprint.EditableProperties.All(definition => definition.Faults.Count == 0);

    private static bool IsOfTheToken(CardTraderException exception) =>
        exception is CardTraderAuthenticationException or CardTraderRateLimitException;
}
