namespace BrxSync.Client.Errors;

/// <summary>Says why a body that came with a success status cannot be used.</summary>
public enum ResponseFaultKind
{
    /// <summary>The body is not well-formed JSON.</summary>
    Malformed = 0,

    /// <summary>The body ended, or the connection broke, before the JSON was complete.</summary>
    CutShort,

    /// <summary>The body is an HTML page, usually a maintenance notice.</summary>
    Html,

    /// <summary>The body has no content.</summary>
    Empty,

    /// <summary>The body is JSON, but not of the shape this call answers with (for example an object where an array belongs).</summary>
    UnexpectedShape,

    /// <summary>The body is not valid UTF-8.</summary>
    NotUtf8,

    /// <summary>More text follows after the end of the JSON value.</summary>
    TrailingText,

    /// <summary>The JSON nests deeper than 64 levels.</summary>
    TooDeep,

    /// <summary>The body, or a single row of it, is larger than the configured limit.</summary>
    TooLarge,

    /// <summary>A single row of an export has no usable value (only from calls that promise readable rows).</summary>
    UnreadableRow,
}
