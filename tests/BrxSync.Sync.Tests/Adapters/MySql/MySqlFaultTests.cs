using System.Net.Sockets;
using BrxSync.Sync.Adapters.MySql;

namespace BrxSync.Sync.Tests.Adapters.MySql;

/// <summary>What is worth another try, whichever provider reports it.</summary>
public sealed class MySqlFaultTests
{
    private static InvalidOperationException Server(int number, Exception? inner = null) =>
        new InvalidOperationException("?", inner) { Data = { ["Server Error Code"] = number } };

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
