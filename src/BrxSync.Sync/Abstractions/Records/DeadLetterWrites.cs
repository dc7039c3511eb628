namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What a dead letter is about; at most one letter of a key is open.</summary>
/// <param name="Source">One of <see cref="DeadLetterSources"/>.</param>
/// <param name="Subject">The id of the change, order or feed.</param>
internal readonly record struct DeadLetterKey(string Source, string Subject)
{
    public static DeadLetterKey Of(DeadLetter letter) => new(letter.Source, letter.Subject);
}

/// <summary>Work that a step gives up. If a letter of its key is open, that is brought up to date and the attempts are added.</summary>
internal sealed record DeadLetterEntry
{
    private const int LongestText = 2000;

    public required DeadLetterKey Key { get; init; }

    /// <summary>One of <see cref="DeadLetterKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How often it was tried in vain since it was begun, or given up last.</summary>
    public required int Attempts { get; init; }

    public required string ErrorCode { get; init; }

    /// <summary>What went wrong; the end of a very long text is left out.</summary>
    public required string Error { get => field; init => field = Shorten(value); }

    /// <summary>A JSON object: what a person and the replay need, never a secret, nothing about buyers.</summary>
    public required string Payload { get; init; }

    public long? ItemId { get; init; }

    public string? ExternalStockId { get; init; }

    public string? TraceParent { get; init; } = System.Diagnostics.Activity.Current?.Id;

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>PostgreSQL keeps no NUL character, in JSON not even by its number.</summary>
    public string SafePayload => Payload.Replace("\\u0000", "\\ufffd", StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText] + "...";
}

/// <summary>Settles the open letter of a key, if there is one.</summary>
/// <param name="Key">What the letter is about.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why.</param>
internal sealed record DeadLetterSettlement(DeadLetterKey Key, DeadLetterStatus Status, string? By = null, string? Reason = null);

/// <summary>A letter with its place in the list of all letters.</summary>
/// <param name="Number">A letter that was written later has a higher one.</param>
/// <param name="Letter">The letter.</param>
internal readonly record struct NumberedDeadLetter(long Number, DeadLetter Letter);
