using System.Net.Http.Headers;
using System.Reflection;
using BrxSync.Client.Serialization;
using Refit;

namespace BrxSync.Client.Http;

/// <summary>Writes what endpoints send, and reads what they answer.</summary>
internal sealed class BodySerializer : IHttpContentSerializer, ISynchronousContentSerializer
{
    public HttpContent ToHttpContent<T>(T item) => ToHttpContentSynchronous(item);

    public HttpContent ToStreamingHttpContent<T>(T item) => ToHttpContentSynchronous(item);

    public HttpContent ToHttpContentSynchronous<T>(T item) => item is IRequestBody body
        ? new ByteArrayContent(RequestJson.Write(body.Write)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }
        : throw new NotSupportedException($"{typeof(T)} is no {nameof(IRequestBody)}.");

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        Task.FromResult<T?>(AnswerReaders.Read<T>((AnswerContent)content));

    // No endpoint sends a form of single fields.
    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => null;
}
