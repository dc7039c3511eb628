using System.Globalization;
using System.Text.Json.Nodes;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Steps;

/// <summary>Makes the dead letters of changes that failed for good.</summary>
internal static class ChangeLetters
{
    /// <summary>Names the letter of a change.</summary>
    public static DeadLetterKey KeyOf(Guid change) => new(DeadLetterSources.Changes, change.ToString("D"));

    /// <summary>Makes the letter of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="item">The row, where it is known.</param>
    /// <param name="content">What the change sets and what was there before, as JSON.</param>
    /// <param name="code">The code of what is wrong.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="attempts">How often it was tried.</param>
    public static DeadLetterEntry Of(LocalChange change, long? item, string? content, string code, string error, int attempts) => new()
    {
        Key = KeyOf(change.Id),
        Kind = code == DeadLetterKinds.InDoubt ? DeadLetterKinds.InDoubt : KindOf(change.Kind),
        Attempts = attempts,
        ErrorCode = code,
        Error = error,
        ItemId = item,
        ExternalStockId = ProvisionalProduct.Is(change.Product) ? null : change.Product.ToString(),
        Payload = new JsonObject
        {
            ["kind"] = StoredWords.Of(change.Kind),
            ["product"] = change.Product.Value,
            ["delta"] = change.Copies + change.Short,
            ["fields"] = (int)change.Fields,
            ["content"] = content is null ? null : JsonNode.Parse(content),
        }.ToJsonString(),
    };

    /// <summary>Makes the letters of adjustments in doubt that a read of this step could not decide: a person has to.</summary>
    public static IEnumerable<DeadLetterEntry> OfUndecided(AccountBooks before, AccountBooks after) =>
        from change in after.Changes.Values.Concat(after.Forgotten.Values)
        where change is { State: ChangeState.Failed, Kind: ChangeKind.Adjust }
            && before.Changes.GetValueOrDefault(change.Id)?.State == ChangeState.InDoubt
        let read = after.Items.GetValueOrDefault(change.Product)?.LastRead
        select Of(change, null, null, DeadLetterKinds.InDoubt, Undecided(change, read), 1);

    private static string Undecided(LocalChange change, Reading? read) =>
        $"The answer was lost, and what CardTrader has does not tell whether the change of {change.Delta} had its effect: "
        + $"{Text(change.Baseline)} before, {Text(read)} after.";

    private static string Text(Reading? reading) => reading is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Quantity} copies at {known.Window.To.UtcDateTime:u}")
        : "an unknown number";

    private static string KindOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => DeadLetterKinds.Create,
        ChangeKind.Delete => DeadLetterKinds.Delete,
        _ => DeadLetterKinds.Update,
    };
}
