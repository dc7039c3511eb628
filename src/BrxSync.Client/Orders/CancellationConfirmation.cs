using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Orders;

/// <summary>Agrees to a cancellation, and says whether the copies go back on sale.</summary>
internal sealed class CancellationConfirmation(bool? relistIfCancelled) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => writer.WriteOptional("relist_if_cancelled", relistIfCancelled);
}
