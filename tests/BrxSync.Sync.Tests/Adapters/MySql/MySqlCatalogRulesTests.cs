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

    private static string[] ConnectionFaults(string connectionString, Action<MySqlCatalogOptions>? configure = null)
    {
        var options = new MySqlCatalogOptions { ConnectionString = connectionString };
        configure?.Invoke(options);
        return Faults(options, withDataSource: false);
    }

    [Fact]
    public void Validate_UnknownKeywords_NamesEachAndNoValue()
    {
        var faults = ConnectionFaults("Server=db.example;Password=hunter2;Colour=red;Port=many;Shape=round");

        faults.Length.ShouldBe(3);
        faults[0].ShouldContain("'colour'");
        faults[1].ShouldContain("'port'");
        faults[2].ShouldContain("'shape'");
        faults.ShouldAllBe(fault => !fault.Contains("red") && !fault.Contains("many") && !fault.Contains("hunter2"));
    }

    [Theory]
    [InlineData("Server=db;SslMode=Sometimes", "sslmode")]
    [InlineData("Server=db;Pooling=perhaps", "pooling")]
    [InlineData("Server=db;Max Pool Size=-1", "max pool size")]
    public void Validate_ValueThatCannotBe_NamesTheKeyword(string connectionString, string keyword) =>
        ConnectionFaults(connectionString).ShouldHaveSingleItem().ShouldContain($"'{keyword}'");

    [Theory]
    [InlineData("Server=db;Pooling=false", "remove Pooling")]
    [InlineData("Server=db;Max Pool Size=0", "Maximum Pool Size")]
    [InlineData("Server=db;Max Pool Size=4000000000", "Maximum Pool Size")]
    [InlineData("Server=db;Min Pool Size=20", "lower it")]
    [InlineData("hunter2", "must look like")]
    public void Validate_ConnectionStringOfNoUse_SaysWhatToDo(string connectionString, string hint)
    {
        var fault = ConnectionFaults(connectionString).ShouldHaveSingleItem();

        fault.ShouldContain(hint);
        fault.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("Server=db;Database=catalog;User ID=u;Password=p")]
    [InlineData("host=db;port=3306;uid=u;pwd=p;ssl mode=VerifyCA;sslca=ca.pem;charset=utf8mb4")]
    public void Validate_ConnectionStringOfUse_IsAccepted(string connectionString) => ConnectionFaults(connectionString).ShouldBeEmpty();

    [Fact]
    public void Validate_PoolSizeOptionOutOfRange_IsNotBlamedOnTheConnectionString() =>
        ConnectionFaults("Server=db", options => options.MaxPoolSize = -1).ShouldBeEmpty();

    [Fact]
    public void Validate_CacheUnknownLongerThanKnown_IsRefused() =>
        new CatalogCacheRules().Validate(null, new CatalogCacheOptions { TimeToLive = TimeSpan.FromMinutes(1) }).Failed.ShouldBeTrue();
}
