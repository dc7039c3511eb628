using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>Lists of dead letters go along an index, and sort nothing.</summary>
public sealed class SqliteDeadLetterPlanTests : StoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();

    [Theory]
    [InlineData(false, false, "rowid")]
    [InlineData(false, true, "ix_dead_letters_all_open")]
    [InlineData(true, false, "ix_dead_letters_number")]
    public async Task Plan_OfAList_GoesAlongItsIndex(bool ofOneAccount, bool ofOpen, string index)
    {
        var sql = DeadLetterStatements.All.List(new DeadLetterFilter
        {
            AccountId = ofOneAccount ? AccountId.Create() : null,
            Status = ofOpen ? DeadLetterStatus.Open : null,
            Before = 5,
            Limit = 51,
        });
        await using var connection = await Store.Services.GetRequiredService<SqliteDataSource>().OpenSqliteAsync(default);
        await using var explain = new SqliteCommand("explain query plan " + sql, connection);
        foreach (var name in (string[])["@account", "@before", "@limit"])
        {
            explain.Parameters.AddWithValue(name, 1);
        }

        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        plan.ShouldContain(step => step.StartsWith("SEARCH d ", StringComparison.Ordinal) && step.Contains(index), string.Join("; ", plan));
        plan.ShouldAllBe(step => !step.Contains("TEMP B-TREE"));
    }
}
