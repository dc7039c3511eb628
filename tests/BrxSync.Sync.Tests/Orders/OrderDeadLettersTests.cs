using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Orders;

namespace BrxSync.Sync.Tests.Orders;

/// <summary>What a row that cannot be read still tells of its order, and what a dead letter tells of a failure.</summary>
public sealed class OrderDeadLettersTests
{
    [Theory]
    [InlineData("""{"id":12}""", 12L)]
    [InlineData("""{"id":0}""", null)]
    [InlineData("""{"id":-1}""", null)]
    [InlineData("""{"id":1.5}""", null)]
    [InlineData("""{"id":"12"}""", null)]
    [InlineData("""{"id":99999999999999999999}""", null)]
    [InlineData("""{"\ud800":1,"id":12}""", 12L)]
    [InlineData("""{}""", null)]
    [InlineData("""[12]""", null)]
    [InlineData("null", null)]
    public void FindOrder_OfARow_IsItsIdOrNone(string row, long? order) => (OrderDeadLetters.FindOrder(Row(row))?.Value).ShouldBe(order);

    [Theory]
    [InlineData("""{"code":"20261102a1b2"}""", "code 20261102a1b2")]
    [InlineData("""{"code":"a b"}""", "row ")]
    [InlineData("""{"code":"\u0000"}""", "row ")]
    [InlineData("""{"code":"\ud800"}""", "row ")]
    [InlineData("""{"code":""}""", "row ")]
    [InlineData("""{"code":7}""", "row ")]
    [InlineData("\"text\"", "row ")]
    public void KeyOf_ARow_IsItsCodeOrItsContent(string row, string subject)
    {
        var key = OrderDeadLetters.KeyOf(Row(row));

        key.Source.ShouldBe(DeadLetterSources.Orders);
        key.Subject.ShouldStartWith(subject);
        key.ShouldBe(OrderDeadLetters.KeyOf(Row(row)));
        key.ShouldNotBe(OrderDeadLetters.KeyOf(Row("{}")));
    }

    [Fact]
    public void Of_AFetchThatFailed_TellsWhatCardTraderSaid()
    {
        var details = new CardTraderErrorDetails
        {
            Operation = "GET /orders/:id", StatusCode = HttpStatusCode.UnprocessableEntity, ErrorCode = "odd", RequestId = "r-1",
        };

        var letter = OrderDeadLetters.Of(
            new DueFetch(new OrderId(12), 9, DateTimeOffset.UnixEpoch), new CardTraderException("It is odd.", details));

        (letter.Key, letter.Attempts, letter.ErrorCode, letter.Error)
            .ShouldBe((new DeadLetterKey("orders", "12"), 10, "CARDTRADER_API_ERROR", "It is odd."));
        JsonNode.DeepEquals(
            JsonNode.Parse(letter.Payload),
            JsonNode.Parse("""{"order_id":12,"upstream_status":422,"upstream_code":"odd","request_id":"r-1"}"""))
                .ShouldBeTrue(letter.Payload);
    }

    [Fact]
    public void Of_AFetchWithAnAnswerThatCannotBeRead_SaysSo()
    {
        var error = new CardTraderResponseException(
            new string('x', 5000), new CardTraderErrorDetails { Operation = "GET" }, ResponseFaultKind.UnexpectedShape);

        var letter = OrderDeadLetters.Of(new DueFetch(new OrderId(12), 0, DateTimeOffset.UnixEpoch), error);

        (letter.ErrorCode, letter.Error.Length).ShouldBe(("UNREADABLE_ORDER", 2003));
    }

    private static UnreadableRow Row(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new UnreadableRow(1, "order: id is missing.", document.RootElement.Clone());
    }
}
