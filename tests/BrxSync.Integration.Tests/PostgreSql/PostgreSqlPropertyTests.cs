using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Changes;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlBlueprintPropertyStoreTests : BlueprintPropertyStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlPropertyPlanTests : PropertyPlanSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}
