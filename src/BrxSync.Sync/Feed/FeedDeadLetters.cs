using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.Feed;

/// <summary>
/// The dead letters of feeds that are paused: to replay one lets the feed try the same entries again, to discard one lets it go on after
/// them.
/// </summary>
internal sealed class FeedDeadLetters : IDeadLetterSource
{
    public string Name => DeadLetterSources.Feed;

    public static DeadLetterKey KeyOf(string feed) => new(DeadLetterSources.Feed, feed);

    public StockScope ScopeOf(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new StockScope { Feeds = [letter.Subject] };
    }

    public StockWrites Replay(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Writes() with { Feeds = [.. step.Loaded!.Feeds.Select(Resumed)] };
    }

    public StockWrites Discard(StockStep step, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(letter);
        using var payload = JsonDocument.Parse(letter.Payload);
        var (after, through) = (payload.RootElement.GetProperty("after").GetInt64(), payload.RootElement.GetProperty("through").GetInt64());

        // One that was set elsewhere since does not stand before these entries any more.
        return step.Writes() with
        {
            Feeds =
            [
                .. step.Loaded!.Feeds.Select(
                    cursor => Resumed(cursor.Position == after ? cursor with { Position = through } : cursor)),
            ],
        };
    }

    public WorkKind? JobOf(DeadLetter letter) => WorkKind.Feed;

    /// <summary>Gives a cursor that may move at once. One that is held stays so.</summary>
    public static FeedCursor Resumed(FeedCursor cursor) => cursor with
    {
        PausedAt = null, Attempts = 0, Error = null, NotBefore = cursor.Holder is null ? null : cursor.NotBefore,
    };
}
