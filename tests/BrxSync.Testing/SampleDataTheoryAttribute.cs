using Xunit.Abstractions;
using Xunit.Sdk;

namespace BrxSync.Testing;

/// <summary>A theory over <see cref="RepositoryPaths.SampleData"/>: left out where that folder does not exist.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("BrxSync.Testing.SampleDataTheoryDiscoverer", "BrxSync.Testing")]
public sealed class SampleDataTheoryAttribute : TheoryAttribute;

/// <summary>Finds the theories marked <see cref="SampleDataTheoryAttribute"/>.</summary>
public sealed class SampleDataTheoryDiscoverer(IMessageSink diagnosticMessageSink) : TheoryDiscoverer(diagnosticMessageSink)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        RepositoryPaths.SampleData is null ? [] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
