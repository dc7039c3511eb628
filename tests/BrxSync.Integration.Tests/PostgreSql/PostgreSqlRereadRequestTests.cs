using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Rereads;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlRereadRequestTests : RereadRequestSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}
