using BrxSync.Sync.Changes.Properties;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>What every push works with.</summary>
/// <param name="Options">How it works.</param>
/// <param name="Time">Our clock.</param>
/// <param name="Properties">Says which properties may be sent.</param>
/// <param name="LongestCall">After how long a call that was sent has had its effect, or never will.</param>
internal sealed record PushSettings(ChangesOptions Options, TimeProvider Time, PropertyPlanner Properties, TimeSpan LongestCall);
