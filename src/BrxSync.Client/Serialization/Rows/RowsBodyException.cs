using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization.Rows;

/// <summary>
/// Carries a fault of a body of rows to where the call is known and a full error can be made. Never leaves the package.
/// </summary>
internal sealed class RowsBodyException(ResponseFaultKind kind, long bytePosition, long? row = null)
    : Exception(kind.ToString())
{
    public ResponseFaultKind Kind { get; } = kind;

    public long BytePosition { get; } = bytePosition;

    public long? Row { get; } = row;
}
