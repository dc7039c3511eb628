using BrxSync.Store.Compliance;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlRereadRequestTests : RereadRequestSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}
