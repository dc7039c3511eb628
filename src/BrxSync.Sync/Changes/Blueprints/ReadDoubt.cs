namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>Why something could not be learned.</summary>
/// <param name="Reason">What happened, in words.</param>
/// <param name="MayPass">Whether it may be there later without anybody changing anything.</param>
internal sealed record ReadDoubt(string Reason, bool MayPass);
