using BrxSync.Store.Compliance;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Lists of dead letters go along an index, and sort nothing.</summary>
public sealed class PostgreSqlDeadLetterPlanTests : StoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();

    [Theory]
    [InlineData(false, false, "ix_dead_letters_all")]
    [InlineData(false, true, "ix_dead_letters_all_open")]
    [InlineData(true, false, "ix_dead_letters_number")]
    public async Task Plan_OfAList_GoesAlongItsIndex(bool ofOneAccount, bool ofOpen, string index)
    {
        // Many accounts with many letters, a few of them open.
        await Store.ExecuteAsync("""
            insert into dead_letters (user_id, id, source, kind, status, subject, attempts, error_code, error, payload, first_failed_at, last_failed_at)
            select ('00000000-0000-0000-0000-' || lpad((n % 100)::text, 12, '0'))::uuid, gen_random_uuid(), 'orders', 'order_fetch',
                   case when n % 50 = 0 then 'open' else 'discarded' end, n::text, 1, 'CODE', 'it failed', '{}', now(), now()
            from generate_series(1, 20000) n;
            analyze dead_letters
            """);
        var sql = DeadLetterStatements.All.List(new DeadLetterFilter
        {
            AccountId = ofOneAccount ? AccountId.Create() : null,
            Status = ofOpen ? DeadLetterStatus.Open : null,
            Before = 15_000,
            Limit = 51,
        });
        await using var connection = await Store.Services.GetRequiredService<PostgreSqlPool>().DataSource.OpenConnectionAsync(default);
        await using var explain = connection.CreateCommand();
        explain.CommandText = "explain " + sql;
        explain.Parameters.Add(new NpgsqlParameter("account", "00000000-0000-0000-0000-000000000007"));
        explain.Parameters.Add(new NpgsqlParameter("before", 15_000L));
        explain.Parameters.Add(new NpgsqlParameter("limit", 51));

        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        plan.ShouldContain(
            step => step.Contains($"Index Scan using {index} on dead_letters d", StringComparison.Ordinal), string.Join('\n', plan));
    }
}
