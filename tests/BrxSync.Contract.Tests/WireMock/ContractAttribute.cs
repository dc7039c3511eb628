namespace BrxSync.Contract.Tests.WireMock;

/// <summary>Marks the test of a call of the API, and names the file that holds the exact request and its answer.</summary>
/// <param name="endpoint">The method and route of the reference, for example <c>GET /orders/{id}</c>.</param>
/// <param name="mapping">The file below <c>Mappings/</c>, without its extension.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractAttribute(string endpoint, string mapping) : Attribute
{
    public string Endpoint => endpoint;

    public string Mapping => mapping;
}
