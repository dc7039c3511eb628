using System.Text.Json;

namespace BrxSync.Client.Http;

/// <summary>What is sent as a JSON object. It writes itself by hand, so that nothing but documented keys is ever sent.</summary>
internal interface IRequestBody
{
    /// <summary>Writes the members of the object.</summary>
    void Write(Utf8JsonWriter writer);
}
