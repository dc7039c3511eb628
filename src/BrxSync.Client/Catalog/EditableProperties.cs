using System.Runtime.InteropServices;
using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>
/// Reads what blueprints let a seller set. It is the same text in nearly all blueprints of an expansion: those that follow each other with
/// the same text share one list.
/// </summary>
/// <remarks>Not thread safe.</remarks>
internal sealed class EditableProperties
{
    private const string Key = "editable_properties";

    private byte[] _lastJson = [];
    private IReadOnlyList<PropertyDefinition> _last = [];

    public IReadOnlyList<PropertyDefinition> Read(ref TolerantObject blueprint)
    {
        var value = blueprint.Peek(Key);
        var json = value.ValueKind == JsonValueKind.Array ? JsonMarshal.GetRawUtf8Value(value) : default;
        if (!json.IsEmpty && json.SequenceEqual(_lastJson))
        {
            blueprint.Drop(Key);
            return _last;
        }

        var properties = blueprint.List(Key, CatalogReader.ReadProperty, out var fault) ?? [];

        // A list with a fault is kept as it came, and named, by each blueprint that has it.
        if (!json.IsEmpty && fault is null)
        {
            (_lastJson, _last) = (json.ToArray(), properties);
        }

        return properties;
    }
}
