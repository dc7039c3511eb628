using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using BrxSync.Sync.Adapters.MySql;

namespace BrxSync.Sync.Tests.Adapters.MySql;

/// <summary>What is worth another try, whichever provider reports it.</summary>
public sealed class MySqlFaultTests
{
    private static InvalidOperationException Server(int number, Exception? inner = null) =>
        new InvalidOperationException("?", inner) { Data = { ["Server Error Code"] = number } };

    /// <summary>What a provider says that hands no number on.</summary>
    private sealed class Plain(string state, bool transient = false, string message = "?", Exception? inner = null)
        : DbException(message, inner)
    {
        public override string SqlState => state;

        public override bool IsTransient => transient;
    }

    [Theory]
    [InlineData("08S01", false, true)]
    [InlineData("40001", false, true)]
    [InlineData("HY000", true, true)]
    [InlineData("HY000", false, false)]
    [InlineData("28000", false, false)]
    [InlineData("42S02", true, false)]
    public void IsPassing_NoNumber_GoesByStateAndTransience(string state, bool transient, bool expected) =>
        MySqlFault.IsPassing(new Plain(state, transient)).ShouldBe(expected);

    [Theory]
    [InlineData("28000", "user")]
    [InlineData("3D000", "names no database")]
    [InlineData("42S02", "Tables")]
    [InlineData("42S22", "BlueprintColumn")]
    public void Describe_NoNumber_GoesByState(string state, string hint) =>
        MySqlFault.Describe(new Plain(state), new MySqlCatalogOptions(), 1).ShouldContain(hint);

    [Fact]
    public void Describe_TlsCannotBeAgreed_NamesSslModeAndIsNotTriedAgain()
    {
        foreach (var fault in (Exception[])[
            new Plain("", transient: true, inner: new AuthenticationException()),
            new Plain("", transient: true, "Server does not support SSL"),
            new Plain("", transient: true, "Either use a secure connection, or a key"),
            new Plain("", inner: new FileNotFoundException()),
            Server(1042, new AuthenticationException()),
            Server(3159),
        ])
        {
            MySqlFault.IsPassing(fault).ShouldBeFalse();
            MySqlFault.Describe(fault, new MySqlCatalogOptions(), 1).ShouldContain("TLS");
            MySqlFault.Describe(fault, new MySqlCatalogOptions(), 1).ShouldContain("SslMode");
        }
    }

    [Theory]
    [InlineData(1040)]
    [InlineData(1042)]
    [InlineData(1053)]
    [InlineData(1205)]
    [InlineData(1213)]
    [InlineData(1927)]
    [InlineData(2006)]
    [InlineData(2013)]
    public void IsPassing_ServerBusyOrGone_IsTrue(int number) => MySqlFault.IsPassing(Server(number)).ShouldBeTrue();

    [Theory]
    [InlineData(1044)]
    [InlineData(1045)]
    [InlineData(1049)]
    [InlineData(1054)]
    [InlineData(1064)]
    [InlineData(1142)]
    [InlineData(1146)]
    [InlineData(1792)]
    public void IsPassing_ServerRefuses_IsFalse(int number) => MySqlFault.IsPassing(Server(number, new IOException())).ShouldBeFalse();

    [Fact]
    public void IsPassing_RefusalInsideAnother_IsFalse() =>
        MySqlFault.IsPassing(new InvalidOperationException("?", Server(1045))).ShouldBeFalse();

    [Fact]
    public void IsPassing_Network_IsTrue()
    {
        MySqlFault.IsPassing(new InvalidOperationException("?", new EndOfStreamException())).ShouldBeTrue();
        MySqlFault.IsPassing(new InvalidOperationException("?", new SocketException())).ShouldBeTrue();
        MySqlFault.IsPassing(new TimeoutException()).ShouldBeTrue();
    }

    [Fact]
    public void IsPassing_AnythingElse_IsFalse() => MySqlFault.IsPassing(new InvalidCastException()).ShouldBeFalse();

    [Theory]
    [InlineData(1045, "user")]
    [InlineData(1049, "Database")]
    [InlineData(1146, "Tables")]
    [InlineData(1054, "BlueprintColumn")]
    [InlineData(1042, "is up")]
    public void Describe_KnownFault_SaysWhatToCheck(int number, string hint) =>
        MySqlFault.Describe(Server(number), new MySqlCatalogOptions(), 3).ShouldContain(hint);
}
