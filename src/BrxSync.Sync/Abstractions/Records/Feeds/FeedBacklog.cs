namespace BrxSync.Sync.Abstractions.Records.Feeds;

/// <summary>What a feed has not handed over yet, over all connected accounts.</summary>
/// <param name="Name">The feed.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="Oldest">When the oldest of them was written; null without any.</param>
/// <param name="Paused">For how many accounts it is paused.</param>
internal readonly record struct FeedBacklog(string Name, long Entries, DateTimeOffset? Oldest, long Paused);
