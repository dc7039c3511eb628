namespace BrxSync.Sync.Changes.Pushing;

/// <summary>How a push works, and by which clock it waits.</summary>
/// <param name="Options">How.</param>
/// <param name="Time">Our clock.</param>
internal sealed record PushSettings(ChangesOptions Options, TimeProvider Time);
