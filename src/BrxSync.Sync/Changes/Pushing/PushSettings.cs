using BrxSync.Sync.Changes.Properties;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>What every push works with.</summary>
/// <param name="Options">How it works.</param>
/// <param name="Time">Our clock.</param>
/// <param name="Properties">Says which properties may be sent.</param>
internal sealed record PushSettings(ChangesOptions Options, TimeProvider Time, PropertyPlanner Properties);
