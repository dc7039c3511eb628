using BrxSync.Client.Errors;

namespace BrxSync.Client.Inventory.Exports;

/// <summary>
/// Carries a fault of an export's body to where the call is known and a full error can be made. Never leaves the package.
/// </summary>
internal sealed class ExportBodyException(ResponseFaultKind kind, long bytePosition, long? row = null)
    : Exception(kind.ToString())
{
    public ResponseFaultKind Kind { get; } = kind;

    public long BytePosition { get; } = bytePosition;

    public long? Row { get; } = row;
}
