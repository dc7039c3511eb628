using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Http;

/// <summary>An answer that is parsed, and read by whoever knows what was asked for.</summary>
internal sealed class UnreadAnswer(JsonDocument body, CallErrors errors)
{
    /// <summary>Reads it, once: what is kept of it must be copied.</summary>
    /// <param name="read">Reads it; throws a <see cref="JsonException"/> when it lacks what must be there.</param>
    public T Read<T>(Func<JsonElement, T> read)
    {
        try
        {
            return read(body.RootElement);
        }
        catch (JsonException exception)
        {
            throw errors.Unusable(ResponseFaultKind.UnexpectedShape, [], fault: exception.Message);
        }
        finally
        {
            body.Dispose();
        }
    }
}
