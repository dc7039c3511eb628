using BrxSync.Sync.Adapters.Sqlite;

namespace BrxSync.Sync.Tests.Adapters.Sqlite;

public sealed class SqliteDataSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-sqlite-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_AfterItsEnd_ThrowsAndMakesNoFile(bool async)
    {
        var path = Path.Combine(_folder.FullName, "stock.db");
        var source = new SqliteDataSource(new SqliteOptions { Path = path }, TimeProvider.System);
        await (await source.OpenSqliteAsync(CancellationToken.None)).DisposeAsync();
        if (async)
        {
            await source.DisposeAsync();
        }
        else
        {
            source.Dispose();
        }

        File.Delete(path);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await source.OpenSqliteAsync(CancellationToken.None));

        _folder.GetFiles().ShouldBeEmpty();
    }
}
