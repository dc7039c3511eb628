using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Checks the ranges of <see cref="SqliteOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class SqliteOptionsValidator : IValidateOptions<SqliteOptions>;
