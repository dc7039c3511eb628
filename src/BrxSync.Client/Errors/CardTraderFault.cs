namespace BrxSync.Client.Errors;

/// <summary>One complaint: of CardTrader about a request, whatever shape it came in, or of the client about what CardTrader sent.</summary>
/// <param name="Path">
/// What the complaint is about, for example <c>properties.condition</c>; empty when it is about the whole request.
/// </param>
/// <param name="Text">The complaint, in the words of whoever complains.</param>
public readonly record struct CardTraderFault(string Path, string Text)
{
    /// <summary>Returns the path and the text, for example <c>price: must be greater than 0</c>.</summary>
    public override string ToString() => Path.Length == 0 ? Text : $"{Path}: {Text}";
}
