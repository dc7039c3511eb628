namespace BrxSync.Contract.Tests.WireMock;

/// <summary>The tests that share the server; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WireMockCollection : ICollectionFixture<WireMockFixture>
{
    public const string Name = "WireMock";
}
