using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Testing;

public sealed class SampleDataTests
{
    [Fact]
    public void Root_FromATestAssembly_HoldsTheSolution() => File.Exists(RepositoryPaths.At("BrxSync.sln")).ShouldBeTrue();

    [SampleDataFact]
    public void SampleData_WhereItExists_HoldsTheSmallExport() =>
        File.Exists(RepositoryPaths.SampleDataAt("derived", "products_export.seller-small.json")).ShouldBeTrue();

    [SampleDataTheory]
    [InlineData("real")]
    [InlineData("derived")]
    public void SampleData_WhereItExists_HoldsFolder(string folder) =>
        Directory.Exists(RepositoryPaths.SampleDataAt(folder)).ShouldBeTrue();
}
