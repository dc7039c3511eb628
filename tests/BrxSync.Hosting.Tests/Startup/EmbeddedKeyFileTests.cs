using BrxSync.Hosting.Startup;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.Startup;

public sealed class EmbeddedKeyFileTests : IDisposable
{
    private const int Hosts = 8;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-key-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void PostConfigure_ManyFirstStartsInOneFolder_AllHaveTheKeyOfTheFile()
    {
        for (var round = 0; round < 100; round++)
        {
            var path = Path.Combine(_folder.CreateSubdirectory($"{round}").FullName, "stock.db");
            using var start = new Barrier(Hosts);
            var keys = new string[Hosts];
            var hosts = Enumerable.Range(0, Hosts).Select(host => new Thread(() =>
            {
                start.SignalAndWait();
                keys[host] = Key(path);
            })).ToArray();
            Array.ForEach(hosts, host => host.Start());
            Array.ForEach(hosts, host => host.Join());

            keys.Distinct().ShouldBe([File.ReadAllText(path + ".key").TrimEnd()]);
            Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path + ".key"]);
        }
    }

    [Fact]
    public void PostConfigure_FileWithAKey_IsUsed()
    {
        var path = Path.Combine(_folder.FullName, "stock.db");
        var key = EncryptionKey.Generate();
        File.WriteAllText(path + ".key", $" {key}\r\n");

        Key(path).ShouldBe(key);
    }

    [Fact]
    public void PostConfigure_EmptyFile_NamesItAndTheWayOut()
    {
        var path = Path.Combine(_folder.FullName, "stock.db");
        File.WriteAllText(path + ".key", string.Empty);

        var fault = Should.Throw<InvalidOperationException>(() => Key(path, TimeSpan.Zero));

        fault.Message.ShouldContain(path + ".key");
        fault.Message.ShouldContain("delete the file");
    }

    private static string Key(string path, TimeSpan? patience = null)
    {
        var options = new EncryptionOptions();
        var sqlite = Options.Create(new SqliteOptions { Path = path });
        new EmbeddedKeyFile(sqlite, NullLogger<EmbeddedKeyFile>.Instance) { Patience = patience ?? TimeSpan.FromMinutes(1) }.PostConfigure(
            null, options);
        return options.Keys.ShouldHaveSingleItem();
    }
}
