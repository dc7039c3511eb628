using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>Columns of a real MariaDB that hold something other than whole numbers are refused before anything is read from them.</summary>
public sealed class MySqlColumnTests(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    private const string Numbers = "id int not null primary key, cardtrader_id int null";

    private async Task<CatalogHost> HostAsync(string columns, params string[] rows)
    {
        var table = $"prints_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"create table {table} ({columns})");
        foreach (var row in rows)
        {
            await database.ExecuteAsync($"insert into {table} values ({row})");
        }

        return new CatalogHost(brx => brx.UseMySqlCatalog(database.ConnectionString, options => options.Tables = ["cards_prints", table]));
    }

    [Theory]
    [InlineData("id int not null primary key, cardtrader_id varchar(20) null", "cardtrader_id", "VARCHAR", "BlueprintColumn")]
    [InlineData("id int not null primary key, cardtrader_id double null", "cardtrader_id", "DOUBLE", "BlueprintColumn")]
    [InlineData("id varchar(20) not null primary key, cardtrader_id int null", "id", "VARCHAR", "IdColumn")]
    public async Task Check_ColumnIsNoWholeNumber_NamesColumnTypeAndOption(string columns, string column, string type, string option)
    {
        await using var host = await HostAsync(columns);

        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.CheckAsync());

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($".{column} ");
        exception.Message.ShouldContain("prints_");
        exception.Message.ShouldContain(type);
        exception.Message.ShouldContain($"BrxSync:MySqlCatalog:{option}");
    }

    [Fact]
    public async Task Lookup_ColumnIsText_FailsAtOnceWithTheSameAdvice()
    {
        await using var host = await HostAsync("id int not null primary key, cardtrader_id varchar(20) null", "1, '77'", "2, 'none'");

        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.LookupAsync([new BlueprintId(77)]));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("cardtrader_id");
        exception.Message.ShouldContain("BrxSync:MySqlCatalog:BlueprintColumn");
    }

    [Fact]
    public async Task Health_ColumnIsText_IsDegradedAndTheReasonIsThere()
    {
        await using var host = await HostAsync("id int not null primary key, cardtrader_id text null");

        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "brxsync-catalog");

        report.Status.ShouldBe(HealthStatus.Degraded);
        report.Entries["brxsync-catalog"].Exception.ShouldNotBeNull().Message.ShouldContain("cardtrader_id");
    }

    [Theory]
    [InlineData(Numbers)]
    [InlineData("id bigint unsigned not null primary key, cardtrader_id bigint unsigned null")]
    [InlineData("id smallint not null primary key, cardtrader_id decimal(20,0) null")]
    public async Task Lookup_WholeNumbersOfAnyWidth_AreReadBesideOthers(string columns)
    {
        var blueprint = new BlueprintId(Random.Shared.Next(1, 1_000_000_000));
        await using var host = await HostAsync(columns, $"5, {blueprint.Value}");

        await host.Catalog.CheckAsync();

        var match = (await host.Catalog.LookupAsync([blueprint]))[blueprint];
        (match.Kind, match.Print?.Id).ShouldBe((CatalogMatchKind.Mapped, 5));
    }
}
