using System.Data;
using Dapper;

/// <summary>What a host may have told the libraries that it shares with us, process-wide, before it starts us.</summary>
internal static class HostileSettings
{
    public static void Apply(string kind)
    {
        switch (kind)
        {
            case "npgsql":
                AppContext.SetSwitch("Npgsql.EnableLegacyTimestampBehavior", true);
                AppContext.SetSwitch("Npgsql.DisableDateTimeInfinityConversions", true);
                AppContext.SetSwitch("Npgsql.EnableStoredProcedureCompatMode", true);
                AppContext.SetSwitch("Npgsql.EnableSqlRewriting", false);
                AppContext.SetSwitch("Npgsql.EnableLegacyCaseInsensitiveDbParameters", true);
                break;
            case "dapper-maps":
                ApplyMaps();
                break;
            case "dapper-handlers":
                ApplyHandlers();
                break;
        }
    }

    private static void ApplyMaps()
    {
        SqlMapper.AddTypeMap(typeof(Guid), DbType.String, useGetFieldValue: false);
        SqlMapper.AddTypeMap(typeof(DateTimeOffset), DbType.String, useGetFieldValue: false);
        SqlMapper.AddTypeMap(typeof(DateTime), DbType.DateTime2, useGetFieldValue: false);
        SqlMapper.AddTypeMap(typeof(long), DbType.Int32, useGetFieldValue: false);
        SqlMapper.AddTypeMap(typeof(string), DbType.Binary, useGetFieldValue: false);
        SqlMapper.Settings.ApplyNullValues = true;
        SqlMapper.Settings.PadListExpansions = true;
        SqlMapper.Settings.CommandTimeout = 1;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.TypeMapProvider = static type => new CustomPropertyTypeMap(type, static (_, _) => null!);
    }

    private static void ApplyHandlers()
    {
        SqlMapper.AddTypeHandler(new Own<Guid>(Guid.Empty));
        SqlMapper.AddTypeHandler(new Own<DateTimeOffset>(DateTimeOffset.UnixEpoch));
        SqlMapper.AddTypeHandler(new Own<DateTime>(DateTime.UnixEpoch));
        SqlMapper.AddTypeHandler(new Own<bool>(false));
        SqlMapper.AddTypeHandler(new Own<string>("the host's"));
        SqlMapper.AddTypeHandler(new Own<long>(4711));
        SqlMapper.AddTypeHandler(new Own<int>(42));
    }

    /// <summary>Reads and writes a value that only this host understands.</summary>
    private sealed class Own<T>(T read) : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => read;

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = $"own:{value}";
    }
}
