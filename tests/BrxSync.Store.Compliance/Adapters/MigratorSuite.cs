using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters;

/// <summary>What every <see cref="IStoreMigrator"/> does.</summary>
public abstract class MigratorSuite : StoreSuite
{
    public override Task InitializeAsync() => Store.StartAsync(migrate: false);

    [Fact]
    public async Task Migrate_SeveralAtOnce_EachMigrationIsAppliedOnce()
    {
        await using var another = Store.BuildAnother();
        var migrators = new[] { Store.Migrator, another.GetRequiredService<IStoreMigrator>(), Store.Migrator };

        var applied = await Task.WhenAll(migrators.Select(migrator => Task.Run(() => migrator.MigrateAsync())));

        applied.Count(count => count > 0).ShouldBe(1);
        (await Store.Migrator.MigrateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Migrate_AppliedInAnotherForm_RefusesAndNamesIt()
    {
        await Store.Migrator.MigrateAsync();
        await Store.ExecuteAsync("update brx_schema_migrations set checksum = 'other' where number = 1");

        var exception = await Should.ThrowAsync<StoreMigrationException>(() => Store.Migrator.MigrateAsync());

        exception.Message.ShouldContain("0001_foundation");
    }

    [Fact]
    public async Task Migrate_NewerDatabase_Refuses()
    {
        await Store.Migrator.MigrateAsync();
        await Store.ExecuteAsync(
            "insert into brx_schema_migrations (number, name, checksum, applied_at) select 9999, 'x', 'x', applied_at from brx_schema_migrations where number = 1");

        await Should.ThrowAsync<StoreMigrationException>(() => Store.Migrator.MigrateAsync());
    }
}
