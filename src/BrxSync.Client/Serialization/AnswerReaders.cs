using System.Collections.Frozen;
using System.Text.Json;

namespace BrxSync.Client.Serialization;

/// <summary>Finds the reader of an answer that is read by hand; what has none here is read by <see cref="CardTraderJsonContext"/>.</summary>
internal static class AnswerReaders
{
    private static readonly FrozenDictionary<Type, Delegate> Readers = new Dictionary<Type, Delegate>
    {
    }.ToFrozenDictionary();

    public static Func<JsonElement, T>? Find<T>() => (Func<JsonElement, T>?)Readers.GetValueOrDefault(typeof(T));
}
