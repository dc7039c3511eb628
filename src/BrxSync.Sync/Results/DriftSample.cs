using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>One product of a <see cref="DriftFinding"/>.</summary>
/// <param name="ItemId">The local row, or null when there is none.</param>
/// <param name="ProductId">The CardTrader product; null for a row of a taken-over database whose link is no id.</param>
/// <param name="BlueprintId">What CardTrader says it is an instance of; what the local row says where CardTrader does not list it.</param>
/// <param name="Local">The local value as text, at most 200 characters of it; null when there is none.</param>
/// <param name="Remote">CardTrader's value as text, at most 200 characters of it; null when there is none.</param>
public sealed record DriftSample(long? ItemId, ProductId? ProductId, BlueprintId BlueprintId, string? Local, string? Remote);
