using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Orders;

/// <summary>A wish to cancel an order, with its explanation, or the agreement to one.</summary>
internal sealed class CancellationBody(string? explanation, bool? relistIfCancelled) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteOptional("cancel_explanation", explanation);
        writer.WriteOptional("relist_if_cancelled", relistIfCancelled);
    }
}
