using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Catalog;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Tests.Adapters.MySql;

/// <summary>Names become part of a statement and are checked strictly; every problem is told at once.</summary>
public sealed class MySqlCatalogRulesTests
{
    private static readonly MySqlCatalogDataSource Given = new(SqliteFactory.Instance.CreateDataSource("Data Source=:memory:"));

    private static string[] Faults(MySqlCatalogOptions options, bool withDataSource = true) =>
        [.. new MySqlCatalogRules(withDataSource ? Given : null).Validate(null, options).Failures ?? []];

    [Fact]
    public void Validate_DefaultsWithADataSource_AreAccepted() => Faults(new MySqlCatalogOptions()).ShouldBeEmpty();

    [Theory]
    [InlineData("prints")]
    [InlineData("catalog.prints")]
    [InlineData("Prints_2026")]
    public void Validate_PlainNames_AreAccepted(string table) => Faults(new MySqlCatalogOptions { Tables = { table } }).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("prints; drop table prints")]
    [InlineData("`prints`")]
    [InlineData("prints\n")]
    [InlineData("pr ints")]
    [InlineData("prínts")]
    [InlineData(".prints")]
    public void Validate_NamesThatAreMore_AreRefused(string table)
    {
        Faults(new MySqlCatalogOptions { Tables = { table } }).ShouldHaveSingleItem().ShouldContain("letters, digits and underscores");
        Faults(new MySqlCatalogOptions { BlueprintColumn = table }).ShouldHaveSingleItem().ShouldContain("BlueprintColumn");
        Faults(new MySqlCatalogOptions { IdColumn = table }).ShouldHaveSingleItem().ShouldContain("IdColumn");
    }

    [Fact]
    public void Validate_SeveralProblems_TellsEachOne()
    {
        var faults = Faults(
            new MySqlCatalogOptions { Tables = { "a", "a", "b-c" }, ExcludedTables = { "z" }, RetryDelay = TimeSpan.FromMinutes(1) },
            withDataSource: false);

        faults.Length.ShouldBe(5);
        faults.ShouldContain(fault => fault.Contains("'b-c'"));
        faults.ShouldContain(fault => fault.Contains("'a' is listed 2 times"));
        faults.ShouldContain(fault => fault.Contains("'z'"));
        faults.ShouldContain(fault => fault.Contains("RetryDelay"));
        faults.ShouldContain(fault => fault.Contains("UseMySqlCatalog"));
    }

    [Fact]
    public void Validate_EverythingExcluded_IsRefused() =>
        Faults(new MySqlCatalogOptions { ExcludedTables = { "cards_prints", "op_prints", "pk_prints", "sealed_products" } })
            .ShouldHaveSingleItem().ShouldContain("every table");

    [Fact]
    public void Validate_CacheUnknownLongerThanKnown_IsRefused() =>
        new CatalogCacheRules().Validate(null, new CatalogCacheOptions { TimeToLive = TimeSpan.FromMinutes(1) }).Failed.ShouldBeTrue();
}
