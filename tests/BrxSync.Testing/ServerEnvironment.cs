namespace BrxSync.Testing;

/// <summary>
/// The servers that tests use, named by environment variables. Nothing here starts a server: <c>./test.sh</c> does, or
/// whoever runs the tests points the variables at servers of their own. A server that is missing fails the test.
/// </summary>
public static class ServerEnvironment
{
    /// <summary>Connection string of a PostgreSQL role that may create databases: <c>BRXSYNC_TEST_POSTGRES</c>.</summary>
    public static string PostgreSql => Required("BRXSYNC_TEST_POSTGRES", "PostgreSQL", "Host=127.0.0.1;Port=5432;Username=postgres");

    /// <summary>
    /// Connection string, without a database, of that role through a pooler in front of that server whose unit is the transaction:
    /// <c>BRXSYNC_TEST_PGBOUNCER</c>.
    /// </summary>
    public static string PgBouncer => Required(
        "BRXSYNC_TEST_PGBOUNCER", "PgBouncer", "Host=127.0.0.1;Port=6432;Username=postgres");

    /// <summary>Connection string of a MariaDB or MySQL user that may create databases: <c>BRXSYNC_TEST_MYSQL</c>.</summary>
    public static string MySql => Required("BRXSYNC_TEST_MYSQL", "MariaDB", "Server=127.0.0.1;Port=3306;User=root");

    /// <summary>
    /// Connection string of such a user on a server that demands TLS (<c>require_secure_transport</c>) and whose certificate only
    /// <c>SslCa</c> vouches for: <c>BRXSYNC_TEST_MYSQL_TLS</c>.
    /// </summary>
    public static string MySqlTls => Required(
        "BRXSYNC_TEST_MYSQL_TLS", "MariaDB", "Server=127.0.0.1;Port=3307;User=root;SslMode=VerifyCA;SslCa=ca.pem");

    /// <summary>Address of a Redis server: <c>BRXSYNC_TEST_REDIS</c>.</summary>
    public static string Redis => Required("BRXSYNC_TEST_REDIS", "Redis", "127.0.0.1:6379");

    /// <summary>Addresses of the nodes of a Redis cluster: <c>BRXSYNC_TEST_REDIS_CLUSTER</c>.</summary>
    public static string RedisCluster => Required("BRXSYNC_TEST_REDIS_CLUSTER", "Redis cluster", "127.0.0.1:7000");

    private static string Required(string variable, string server, string example) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"This test needs a {server} server. Run ./test.sh, which starts a throwaway one, or set {variable} to reach one that is running, e.g. \"{example}\".");
}
