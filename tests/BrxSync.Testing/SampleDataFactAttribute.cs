using Xunit.Abstractions;
using Xunit.Sdk;

namespace BrxSync.Testing;

/// <summary>A test that reads <see cref="RepositoryPaths.SampleData"/>: left out where that folder does not exist.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("BrxSync.Testing.SampleDataFactDiscoverer", "BrxSync.Testing")]
public sealed class SampleDataFactAttribute : FactAttribute;

/// <summary>Finds the tests marked <see cref="SampleDataFactAttribute"/>.</summary>
public sealed class SampleDataFactDiscoverer(IMessageSink diagnosticMessageSink) : FactDiscoverer(diagnosticMessageSink)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        RepositoryPaths.SampleData is null ? [] : base.Discover(discoveryOptions, testMethod, factAttribute);
}
