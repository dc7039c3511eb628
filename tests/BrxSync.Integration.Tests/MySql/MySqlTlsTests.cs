using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>
/// TLS that cannot be agreed with a real MariaDB: what only a change of settings mends fails at once, and says which setting.
/// </summary>
public sealed class MySqlTlsTests
{
    private static readonly BlueprintId[] Any = [new(1)];

    private static CatalogHost Host(string server, Action<MySqlConnectionStringBuilder> change, ManualTimeProvider time)
    {
        var settings = new MySqlConnectionStringBuilder(server) { Database = "information_schema" };
        change(settings);
        return new CatalogHost(brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(time);
            brx.UseMySqlCatalog(settings.ConnectionString);
        });
    }

    private static async Task<string> RefusalAsync(string server, Action<MySqlConnectionStringBuilder> change)
    {
        var time = new ManualTimeProvider();
        await using var host = Host(server, change, time);

        // A retry would wait for a time that never comes.
        var lookup = host.Catalog.LookupAsync(Any);
        await Task.WhenAny(lookup, time.WaitForTimersAsync());
        lookup.IsCompleted.ShouldBeTrue("it is tried again");
        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => lookup);
        var check = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.CheckAsync());

        check.Message.ShouldBe(exception.Message);
        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("TLS");
        exception.Message.ShouldContain("SslMode");
        return exception.Message;
    }

    [Theory]
    [InlineData(MySqlSslMode.Required)]
    [InlineData(MySqlSslMode.VerifyCA)]
    [InlineData(MySqlSslMode.VerifyFull)]
    public async Task Lookup_ServerOffersNoTls_FailsAtOnceAndSaysSo(MySqlSslMode mode) =>
        (await RefusalAsync(ServerEnvironment.MySql, settings => settings.SslMode = mode)).ShouldContain("offers none");

    [Theory]
    [InlineData(MySqlSslMode.VerifyCA)]
    [InlineData(MySqlSslMode.VerifyFull)]
    public async Task Lookup_CertificateOfAnUnknownAuthority_FailsAtOnceAndNamesIt(MySqlSslMode mode) =>
        (await RefusalAsync(ServerEnvironment.MySqlTls, settings => (settings.SslMode, settings.SslCa) = (mode, "")))
            .ShouldContain("SslCa");

    [Fact]
    public async Task Lookup_CertificateOfAnotherHost_FailsAtOnce() =>
        (await RefusalAsync(ServerEnvironment.MySqlTls, settings => settings.SslMode = MySqlSslMode.VerifyFull))
            .ShouldContain("name in the certificate");

    [Theory]
    [InlineData(nameof(MySqlConnectionStringBuilder.SslCa))]
    [InlineData(nameof(MySqlConnectionStringBuilder.SslCert))]
    [InlineData(nameof(MySqlConnectionStringBuilder.CertificateFile))]
    public async Task Lookup_CertificateFileMissing_FailsAtOnceAndNamesTheSettings(string setting)
    {
        var message = await RefusalAsync(ServerEnvironment.MySqlTls, settings =>
        {
            settings.SslMode = MySqlSslMode.Required;
            settings[setting] = "/nowhere/brxsync.pem";
            settings.SslKey = setting == nameof(MySqlConnectionStringBuilder.SslCert) ? "/nowhere/brxsync.key" : "";
        });

        message.ShouldContain(setting);
        message.ShouldNotContain("nowhere");
    }

    [Fact]
    public async Task Lookup_ServerDemandsTls_FailsAtOnceAndSaysSo() =>
        (await RefusalAsync(ServerEnvironment.MySqlTls, settings => settings.SslMode = MySqlSslMode.None)).ShouldContain("demands TLS");

    [Theory]
    [InlineData(MySqlSslMode.Preferred)]
    [InlineData(MySqlSslMode.Required)]
    [InlineData(MySqlSslMode.VerifyCA)]
    public async Task Rent_TlsAgreed_IsEncrypted(MySqlSslMode mode)
    {
        await using var host = Host(ServerEnvironment.MySqlTls, settings => settings.SslMode = mode, new ManualTimeProvider());
        await using var lease = await host.Pool.RentAsync(default);
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = "select variable_value from information_schema.session_status where variable_name = 'SSL_VERSION'";

        ((string?)await command.ExecuteScalarAsync()).ShouldNotBeNull().ShouldStartWith("TLS");
    }
}
