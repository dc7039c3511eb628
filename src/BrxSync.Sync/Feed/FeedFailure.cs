namespace BrxSync.Sync.Feed;

/// <summary>Why a handler did not take a batch.</summary>
/// <param name="Code">A short name for it.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record FeedFailure(string Code, Exception Exception)
{
    public string Message => Exception.Message;
}
