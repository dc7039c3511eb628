using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Jobs;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Jobs;

public sealed class JobsContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly JobId Job = new("5b1f2c2e-0000-4000-8000-000000000001");

    [Fact]
    [Contract("GET /jobs/{uuid}", "Jobs/get")]
    public async Task GetAsync_Completed_GivesEachElementItsVerdictInOrder()
    {
        var job = await CallAsync(account => account.Jobs.GetAsync(Job));

        job.State.ShouldBe(JobState.Completed);
        job.ErrorCount.ShouldBe(1);
        job.Results.Select(result => result.Index).ShouldBe([0, 1, 2]);
        job.Results.Select(result => result.Result).ShouldBe(["ok", "error", "warning"]);
        job.Results[1].Errors.ShouldBe([new CardTraderFault("blueprint_id", "is not known")]);
        job.Results[2].Warnings.ShouldBe([new CardTraderFault("properties.mtg_foil", "value was ignored")]);
    }

    [Fact]
    [Contract("GET /jobs/{uuid}", "Jobs/get-running")]
    public async Task GetAsync_RunningWithoutStatsAndResults_IsNotFinal()
    {
        var job = await CallAsync(account => account.Jobs.GetAsync(Job));

        job.State.IsFinal.ShouldBeFalse();
        job.Results.ShouldBeEmpty();
        job.OkCount.ShouldBeNull();
    }

    [Fact]
    [Contract("GET /jobs/{uuid}", "Jobs/get-unknown")]
    public async Task GetAsync_Unknown_SaysSo() =>
        (await CallAsync(account => account.Jobs.GetAsync(Job))).State.ShouldBe(JobState.Unknown);

    [Fact]
    [Contract("GET /jobs/{uuid}", "Jobs/run")]
    public async Task RunAsync_ThreeDeletesInTwoBatches_GivesThreeVerdicts()
    {
        var reported = new List<BulkBatch>();
        var run = BulkRun.Delete(
            [new ProductId(990000139), new ProductId(990000140), new ProductId(990000141)],
            new BulkOptions
            {
                BatchSize = 2,
                PollInterval = TimeSpan.Zero,
                BatchChanged = (batch, _) =>
                {
                    reported.Add(batch);
                    return ValueTask.CompletedTask;
                },
            });

        var results = await CallAsync(account => account.Jobs.RunAsync(run));

        results.Select(result => result.Outcome).ShouldBe([BulkOutcome.Ok, BulkOutcome.Error, BulkOutcome.InDoubt]);
        results[1].Errors.ShouldBe([new CardTraderFault("id", "not found")]);
        run.IsSettled.ShouldBeTrue();
        reported.Count(batch => batch.State == BulkBatchState.Submitted && batch.JobId is not null).ShouldBe(2);
        reported[0].State.ShouldBe(BulkBatchState.Submitting);
        reported[^1].State.ShouldBe(BulkBatchState.Settled);
    }
}
