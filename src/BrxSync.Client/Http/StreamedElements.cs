using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Http;

/// <summary>Reads the elements of a JSON array that is still arriving, one at a time.</summary>
internal static class StreamedElements
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        StreamedResponse response, JsonTypeInfo<T> elementTypeInfo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = new GuardedStream(response);
        await using (body.ConfigureAwait(false))
        {
            if (!await body.PeekAsync(cancellationToken).ConfigureAwait(false))
            {
                throw response.Fail(response.Errors.Unusable(ResponseFaultKind.Empty, []));
            }

            var elements = JsonSerializer.DeserializeAsyncEnumerable(body, elementTypeInfo, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (elements.ConfigureAwait(false))
            {
                while (await MoveNextAsync(elements, body, response).ConfigureAwait(false))
                {
                    yield return elements.Current ?? throw response.Fail(
                        response.Errors.Unusable(ResponseFaultKind.UnreadableRow, [], body.Position, fault: "null"));
                }
            }
        }
    }

    private static async Task<bool> MoveNextAsync<T>(IAsyncEnumerator<T?> elements, GuardedStream body, StreamedResponse response)
    {
        try
        {
            return await elements.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            var kind = body.IsAtEnd && JsonBody.IsCutShort(exception) ? ResponseFaultKind.CutShort : JsonBody.KindOf(exception);
            throw response.Fail(response.Errors.Unusable(kind, [], body.Position, fault: JsonBody.PlaceOf(exception)));
        }
    }
}
