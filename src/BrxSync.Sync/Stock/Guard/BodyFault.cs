namespace BrxSync.Sync.Stock.Guard;

/// <summary>
/// Why a body as a whole is no snapshot: cut short, not an array, HTML, empty, not UTF-8, text after the array, nested absurdly.
/// </summary>
/// <param name="Text">What is wrong with it.</param>
/// <param name="ByteOffset">How far it could be read, from 0; null when unknown.</param>
internal sealed record BodyFault(string Text, long? ByteOffset);
