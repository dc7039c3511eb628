namespace BrxSync.Client.Errors;

/// <summary>CardTrader answered with success, but the body cannot be used as an answer to this call.</summary>
public sealed class CardTraderResponseException : CardTraderException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong with the body, and where.</param>
    /// <param name="details">What is known about the call.</param>
    /// <param name="kind">What is wrong with the body.</param>
    /// <param name="bytePosition">Where it is wrong, counted from 0 in the decompressed body.</param>
    /// <param name="row">The row of an export in which it is wrong, counted from 0.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CardTraderResponseException(
        string message,
        CardTraderErrorDetails details,
        ResponseFaultKind kind,
        long? bytePosition = null,
        long? row = null,
        Exception? innerException = null)
        : base(message, details, innerException)
    {
        Kind = kind;
        BytePosition = bytePosition;
        Row = row;
    }

    /// <summary>Gets what is wrong with the body.</summary>
    public ResponseFaultKind Kind { get; }

    /// <summary>Gets the place of the fault, counted in bytes from 0 in the decompressed body.</summary>
    public long? BytePosition { get; }

    /// <summary>Gets the row of an export in which the fault lies, counted from 0.</summary>
    /// <value><see langword="null"/> when the body is not an export, or the fault lies outside its rows.</value>
    public long? Row { get; }
}
