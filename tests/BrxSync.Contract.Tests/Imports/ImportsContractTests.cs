using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Imports;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Imports;

public sealed class ImportsContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly CsvImport Import = new()
    {
        GameId = new GameId(1),
        Mode = CsvImportMode.AddToStock,
        Columns = ["scryfall_id", "quantity", "_"],
        Open = () => new MemoryStream("scryfall_id;quantity\nab;1\n"u8.ToArray()),
        FileName = "stock.csv",
    };

    [Fact]
    [Contract("POST /product_imports", "Imports/start")]
    public async Task StartAsync_ValidFile_StreamsItAsAForm()
    {
        var receipt = await CallAsync(account => account.Imports.StartAsync(Import));

        receipt.Id.ShouldBe(new ImportId(42));
        receipt.FileSize.ShouldBe(31);
    }

    [Fact]
    [Contract("POST /product_imports", "Imports/start-busy")]
    public async Task StartAsync_AnotherImportRuns_SaysSo()
    {
        var exception = await CallAsync(
            account => Should.ThrowAsync<CardTraderResponseException>(() => account.Imports.StartAsync(Import)));

        exception.Message.ShouldContain("Another synchronization is in progress");
    }

    [Fact]
    [Contract("GET /product_imports/{id}", "Imports/get")]
    public async Task GetAsync_Running_ReadsTheCounts()
    {
        var status = await CallAsync(account => account.Imports.GetAsync(new ImportId(42)));

        status.ImportedCount.ShouldBe(8);
        status.SkippedCount.ShouldBe(2);
        status.Error.ShouldBeNull();
        status.StartedAt.ShouldNotBeNull();
        status.EndedAt.ShouldBeNull();
    }

    [Fact]
    [Contract("GET /product_imports/{id}/skipped", "Imports/skipped")]
    public async Task GetSkippedRowsAsync_Always_ReadsCsvText() =>
        (await CallAsync(
            account => account.Imports.GetSkippedRowsAsync(new ImportId(42)))).ShouldBe("name,error\nMind Rot,unknown expansion\n");

    [Fact]
    public async Task StartAsync_WrongInSeveralWays_ListsEveryFaultAndSendsNothing()
    {
        AnswerEverything();
        var wrong = Import with { GameId = default, FileName = "stock.xls", Columns = ["name", "price", "price_cents", "price", "colour"] };

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Imports.StartAsync(wrong));

        exception.Errors.Select(fault => fault.Text).ShouldBe(
        [
            "0 is not an id; ids are positive.",
            "The name \"stock.xls\" does not end with .csv.",
            "\"colour\" is not a column; use _ to skip one.",
            "\"price\" appears 2 times.",
            "price and price_cents exclude each other.",
            "Nothing identifies a row: add one of blueprint_id, scryfall_id, mkm_id, tcgplayer_id, or name or collector_number with one of expansion_code, expansion_name, expansion_id.",
        ]);
        Received.ShouldBeEmpty();
    }
}
