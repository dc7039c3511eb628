namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>What was learned about a blueprint, as statements take many of them.</summary>
internal sealed record StoredBlueprint(long Blueprint, long? Expansion, string SetId, long LearnedAt);

/// <summary>A set of editable properties, as statements take many of them.</summary>
internal sealed record StoredPropertySet(string SetId, string Definitions);
