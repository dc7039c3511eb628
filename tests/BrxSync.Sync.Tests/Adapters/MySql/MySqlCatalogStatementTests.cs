using BrxSync.Client;
using BrxSync.Sync.Adapters.MySql;

namespace BrxSync.Sync.Tests.Adapters.MySql;

/// <summary>One statement whatever the batch: a union over the tables, in a transaction that cannot write.</summary>
public sealed class MySqlCatalogStatementTests
{
    [Fact]
    public void Find_TwoTables_UnitesThemInOneReadOnlyTransaction()
    {
        var statement = new MySqlCatalogStatement(
            new MySqlCatalogOptions { Tables = { "cards", "shop.sealed" }, BlueprintColumn = "ct", IdColumn = "pk" });

        statement.Find([new BlueprintId(7), new BlueprintId(3_000_000_000)]).ShouldBe(
            "start transaction read only; "
            + "select 0, `pk`, `ct` from `cards` where `ct` in (7,3000000000) union all select 1, `pk`, `ct` from `shop`.`sealed` where `ct` in (7,3000000000); "
            + "commit");
    }

    [Fact]
    public void Check_TwoTables_AsksEachForItsColumnsAndNoRow()
    {
        var statement = new MySqlCatalogStatement(new MySqlCatalogOptions { Tables = { "cards", "shop.sealed" } });

        statement.Check().ShouldBe(
            "start transaction read only; "
            + "select `id`, `cardtrader_id` from `cards` limit 0; select `id`, `cardtrader_id` from `shop`.`sealed` limit 0; commit");
    }
}
