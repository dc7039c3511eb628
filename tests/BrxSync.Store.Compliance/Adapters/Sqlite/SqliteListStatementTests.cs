using System.Reflection;
using System.Text.RegularExpressions;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>Statements that are given a list of keys look each of them up: none walks through all rows of the account.</summary>
public sealed partial class SqliteListStatementTests : StoreSuite
{
    private static readonly Dictionary<string, string> Found = Find();

    public static TheoryData<string> Statements { get; } = [.. Found.Keys];

    protected override StoreUnderTest CreateStore() => new SqliteStore();

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Plan_StatementWithAList_LooksUpByTheWholeKey(string name)
    {
        var sql = Found[name];
        await using var connection = await Store.Services.GetRequiredService<SqliteDataSource>().OpenSqliteAsync(default);
        await using var stage = new SqliteCommand(SnapshotStatements.CreateStage + SnapshotStatements.IndexStage, connection);
        await stage.ExecuteNonQueryAsync();
        await using var explain = new SqliteCommand("explain query plan " + sql, connection);
        foreach (var parameter in Parameter().Matches(sql).Select(match => match.Value).Distinct())
        {
            explain.Parameters.AddWithValue(parameter, "[]");
        }

        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        plan.Where(step => step.Contains("(user_id=?)", StringComparison.Ordinal)).ShouldBeEmpty($"{name}: {string.Join("; ", plan)}");
    }

    private static Dictionary<string, string> Find()
    {
        var statements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in ((Type[])[typeof(StockStatements), typeof(TouchedProductStatements)])
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)))
        {
            if (field.GetRawConstantValue() is string sql && sql.Contains("json_each", StringComparison.Ordinal))
            {
                statements.Add(field.Name, sql);
            }
        }

        statements.Add(nameof(StockQueryStatements.All.PostponeRereads), StockQueryStatements.All.PostponeRereads);
        return statements;
    }

    [GeneratedRegex("@[a-zA-Z]+")]
    private static partial Regex Parameter();
}
