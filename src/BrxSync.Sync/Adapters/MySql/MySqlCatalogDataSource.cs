using System.Data.Common;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>A data source that the host gave, in place of a connection string. It stays the host's: it is not disposed of here.</summary>
internal sealed record MySqlCatalogDataSource(DbDataSource DataSource);
