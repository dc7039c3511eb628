using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Tests.Resilience;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Jobs;

public sealed class BulkRunTests : IDisposable
{
    private static readonly BulkOptions AtOnce = new() { PollInterval = TimeSpan.Zero };

    private readonly List<(string Path, int Elements)> submitted = [];
    private readonly Dictionary<string, int> polls = new(StringComparer.Ordinal);
    private readonly Func<HttpRequestMessage, int, CancellationToken, Task<HttpResponseMessage>> network;
    private readonly TestClient client;

    // How the marketplace behaves: by default it takes every batch, and each job is done at once.
    private Func<int, HttpResponseMessage?> onSubmit = _ => null;
    private Func<string, int, string> jobState = (_, _) => "completed";
    private Func<string, string> results = _ => Verdicts(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    public BulkRunTests()
    {
        network = (request, _, _) => Task.FromResult(Answer(request));
        client = new TestClient(new StubTransport(network), more: services => services.AddSingleton<IRateLimiter>(new RecordingLimiter()));
    }

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task RunAsync_ManyElements_SplitsThemAndAlignsTheResults()
    {
        results = job => job == "job-3" ? """[{"result":"ok","job_index":0,"product_id":7}]""" : Verdicts(1, 0);
        var run = BulkRun.Create(Products(5), AtOnce with { BatchSize = 2 });

        var outcome = await RunAsync(run);

        submitted.ShouldBe([("products/bulk_create", 2), ("products/bulk_create", 2), ("products/bulk_create", 1)]);
        outcome.Select(result => result.Index).ShouldBe([0, 1, 2, 3, 4]);
        outcome.ShouldAllBe(result => result.Outcome == BulkOutcome.Ok);
        outcome[4].ProductId.ShouldBe(new ProductId(7));
        outcome.Select(result => result.JobId!.Value.Value).ShouldBe(["job-1", "job-1", "job-2", "job-2", "job-3"]);
        run.IsSettled.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_NoElements_DoesNothing()
    {
        var run = BulkRun.Delete([]);

        (await RunAsync(run)).ShouldBeEmpty();

        run.IsSettled.ShouldBeTrue();
        submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_ManyBatches_KeepsOnlySomeJobsAtWork()
    {
        var open = 0;
        var most = 0;
        var run = BulkRun.Delete(Ids(12), AtOnce with
        {
            BatchSize = 1,
            MaxJobsAtWork = 3,
            BatchChanged = (batch, _) =>
            {
                open += batch.State switch { BulkBatchState.Submitted => 1, BulkBatchState.Settled => -1, _ => 0 };
                most = Math.Max(most, open);
                return ValueTask.CompletedTask;
            },
        });
        jobState = (_, poll) => poll < 3 ? "running" : "completed";

        await RunAsync(run);

        most.ShouldBe(3);
        run.Results.ShouldAllBe(result => result.Outcome == BulkOutcome.Ok);
    }

    [Fact]
    public async Task RunAsync_Polling_AsksAtMostOncePerSecondForAllJobsTogether()
    {
        var moments = new List<long>();
        jobState = (_, poll) =>
        {
            moments.Add(Stopwatch.GetTimestamp());
            return poll < 2 ? "pending" : "completed";
        };
        using var limited = new TestClient(new StubTransport(network));

        await limited.Account.Jobs.RunAsync(BulkRun.Delete(Ids(4), AtOnce with { BatchSize = 2 }));

        moments.Count.ShouldBe(4);
        Stopwatch.GetElapsedTime(moments[0], moments[^1]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task RunAsync_VerdictsMissingDoubleOrStrange_AreInDoubt()
    {
        results = _ => """
            [{"result":"ok","job_index":0},{"result":"ok","job_index":2},{"result":"error","job_index":2,"errors":{"id":["gone"]}},
             {"result":"maybe","job_index":3},{"result":"ok"},{"result":"error","job_index":4,"errors":["gone"]}]
            """;

        var outcome = await RunAsync(BulkRun.Delete(Ids(5), AtOnce));

        outcome.Select(result => result.Outcome).ShouldBe(
            [BulkOutcome.Ok, BulkOutcome.InDoubt, BulkOutcome.InDoubt, BulkOutcome.InDoubt, BulkOutcome.Error]);
        outcome[1].Errors.Single().Text.ShouldContain("says nothing");
        outcome[2].Errors.Single().Text.ShouldContain("more than once");
        outcome[4].Errors.Single().Text.ShouldBe("gone");
    }

    [Theory]
    [InlineData("unprocessable", BulkOutcome.Error, "unprocessable")]
    [InlineData("unknown", BulkOutcome.InDoubt, "does not know the job")]
    [InlineData("404", BulkOutcome.InDoubt, "does not know the job")]
    [InlineData("running", BulkOutcome.InDoubt, "still running after 0 s")]
    public async Task RunAsync_JobEndsOtherwise_JudgesTheWholeBatch(string state, BulkOutcome expected, string text)
    {
        results = _ => "[]";
        jobState = (_, _) => state;

        var outcome = await RunAsync(BulkRun.Delete(Ids(2), AtOnce with { JobTimeout = TimeSpan.FromMilliseconds(50) }));

        outcome.ShouldAllBe(result => result.Outcome == expected);
        outcome[0].Errors.Single().Text.ShouldContain(text);
    }

    [Fact]
    public async Task RunAsync_BatchRefused_FailsItsElementsAndGoesOn()
    {
        onSubmit = batch => batch == 1
            ? StubTransport.Answer(
                HttpStatusCode.UnprocessableEntity, """{"error_code":"validation_error","errors":["too many products"]}""")
            : null;

        var outcome = await RunAsync(BulkRun.Delete(Ids(4), AtOnce with { BatchSize = 2 }));

        outcome.Select(result => result.Outcome).ShouldBe([BulkOutcome.Error, BulkOutcome.Error, BulkOutcome.Ok, BulkOutcome.Ok]);
        outcome[0].Errors.Single().Text.ShouldBe("too many products");
    }

    [Fact]
    public async Task RunAsync_AnswerOfACreateLost_LeavesTheBatchInDoubtAndNeverSendsItAgain()
    {
        onSubmit = batch => batch == 2 ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : null;
        var run = BulkRun.Create(Products(6), AtOnce with { BatchSize = 2 });

        var exception = await Should.ThrowAsync<CardTraderException>(RunAsync(run));
        exception.IsOutcomeUnknown.ShouldBeTrue();
        run.Results.Select(result => result.Outcome).Distinct().ShouldBe([BulkOutcome.Pending, BulkOutcome.InDoubt]);
        run.Batches[0].JobId!.Value.Value.ShouldBe("job-1");

        var outcome = await RunAsync(run);

        outcome.Select(result => result.Outcome).ShouldBe(
            [BulkOutcome.Ok, BulkOutcome.Ok, BulkOutcome.InDoubt, BulkOutcome.InDoubt, BulkOutcome.Ok, BulkOutcome.Ok]);
        outcome[2].Errors.Single().Text.ShouldStartWith("The answer was lost");
        submitted.Count.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_ObserverThrowsAtTheAnswerOfACreate_LeavesTheBatchInDoubtAndNeverSendsItAgain()
    {
        var run = BulkRun.Create(Products(2), AtOnce);
        var account = client.Account.WithAnswerObserver(_ => throw new InvalidOperationException("observer"));

        await Should.ThrowAsync<InvalidOperationException>(account.Jobs.RunAsync(run));
        var outcome = await RunAsync(run);

        outcome.ShouldAllBe(result => result.Outcome == BulkOutcome.InDoubt);
        submitted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_TokenRefused_StopsAndCanGoOnLater()
    {
        onSubmit = batch => batch == 1 ? StubTransport.Answer(HttpStatusCode.Unauthorized, """{"error_code":"unauthorized"}""") : null;
        var run = BulkRun.Create(Products(2), AtOnce);

        await Should.ThrowAsync<CardTraderAuthenticationException>(RunAsync(run));
        run.Results.ShouldAllBe(result => result.Outcome == BulkOutcome.Pending);
        run.Batches.Single().State.ShouldBe(BulkBatchState.Waiting);

        (await RunAsync(run)).ShouldAllBe(result => result.Outcome == BulkOutcome.Ok);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileAJobWorks_GoesOnWithTheSameJob()
    {
        using var cancellation = new CancellationTokenSource();
        jobState = (_, poll) =>
        {
            if (poll == 2)
            {
                cancellation.Cancel();
            }

            return poll < 4 ? "running" : "completed";
        };
        var run = BulkRun.Create(Products(2), AtOnce);

        await Should.ThrowAsync<OperationCanceledException>(RunAsync(run, cancellation.Token));
        run.Batches.Single().State.ShouldBe(BulkBatchState.Submitted);

        (await RunAsync(run)).ShouldAllBe(result => result.Outcome == BulkOutcome.Ok);
        submitted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_ReportFailsBeforeABatchIsHandedIn_SendsNothing()
    {
        var run = BulkRun.Create(Products(1), new BulkOptions { BatchChanged = (_, _) => throw new IOException("disk full") });

        await Should.ThrowAsync<IOException>(RunAsync(run));

        submitted.ShouldBeEmpty();
        run.Batches.Single().State.ShouldBe(BulkBatchState.Waiting);
    }

    [Fact]
    public async Task Resume_InAnotherProcess_PollsWhatWasHandedInAndNeverRepeatsACreate()
    {
        var run = BulkRun.Create(Products(6), AtOnce with { BatchSize = 2 });
        run.Resume(new BulkBatch(0, 2, BulkBatchState.Submitted, new JobId("job-stored"), DateTimeOffset.UnixEpoch));
        run.Resume(new BulkBatch(2, 2, BulkBatchState.Submitting));

        var outcome = await RunAsync(run);

        submitted.Count.ShouldBe(1);
        polls.Keys.ShouldContain("job-stored");
        outcome.Select(result => result.Outcome).ShouldBe(
            [BulkOutcome.Ok, BulkOutcome.Ok, BulkOutcome.InDoubt, BulkOutcome.InDoubt, BulkOutcome.Ok, BulkOutcome.Ok]);
    }

    [Fact]
    public async Task Resume_BatchOfUpdatesWasBeingHandedIn_HandsItInAgain()
    {
        var run = BulkRun.Update([new ProductChange { Id = new ProductId(1), Quantity = 5 }], AtOnce);
        run.Resume(new BulkBatch(0, 1, BulkBatchState.Submitting));

        (await RunAsync(run)).Single().Outcome.ShouldBe(BulkOutcome.Ok);

        submitted.Single().Path.ShouldBe("products/bulk_update");
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task RunAsync_WallClockSteppedWhileAJobWorks_PollsAndGivesUpAfterTheSameTime(int hours)
    {
        var clock = new ManualTimeProvider();
        jobState = (_, poll) =>
        {
            if (poll == 1)
            {
                clock.StepWallClock(TimeSpan.FromHours(hours));
            }

            return "running";
        };
        using var timed = On(clock);
        var run = BulkRun.Delete(Ids(2), new BulkOptions { PollInterval = TimeSpan.FromSeconds(2), JobTimeout = TimeSpan.FromSeconds(9) });

        var started = clock.GetTimestamp();
        var outcome = await Task.Run(() => clock.RunAsync(timed.Account.Jobs.RunAsync(run)));

        clock.GetElapsedTime(started).ShouldBe(TimeSpan.FromSeconds(10));
        polls.Values.ShouldBe([5]);
        outcome[0].Errors.Single().Text.ShouldContain("still running after 9 s");
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Resume_WallClockSteppedMeanwhile_AsksForTheWholeTimeAgain(int hours)
    {
        var clock = new ManualTimeProvider();
        jobState = (_, _) => "running";
        using var timed = On(clock);
        var run = BulkRun.Delete(Ids(2), new BulkOptions { PollInterval = TimeSpan.FromSeconds(2), JobTimeout = TimeSpan.FromSeconds(9) });
        run.Resume(new BulkBatch(0, 2, BulkBatchState.Submitted, new JobId("job-stored"), clock.GetUtcNow().AddHours(-hours)));

        var started = clock.GetTimestamp();
        await Task.Run(() => clock.RunAsync(timed.Account.Jobs.RunAsync(run)));

        clock.GetElapsedTime(started).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Resume_BatchOfAnotherSize_Throws() =>
        Should.Throw<ArgumentException>(() => BulkRun.Delete(Ids(4)).Resume(new BulkBatch(0, 2, BulkBatchState.Submitted)));

    [Fact]
    public void Create_OptionsWrongInSeveralWays_ListsThemAll()
    {
        var options = new BulkOptions
        {
            BatchSize = 451, MaxJobsAtWork = 0, PollInterval = TimeSpan.FromSeconds(-1), JobTimeout = TimeSpan.Zero,
        };

        var message = Should.Throw<ArgumentException>(() => BulkRun.Delete(Ids(1), options)).Message;

        new[] { "BatchSize is 451", "MaxJobsAtWork is 0", "PollInterval", "JobTimeout" }.ShouldAllBe(
            part => message.Contains(part, StringComparison.Ordinal));
    }

    private static NewProduct[] Products(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new NewProduct { BlueprintId = new BlueprintId(id), PriceCents = 10, Quantity = 1 })];

    private static ProductId[] Ids(int count) => [.. Enumerable.Range(1, count).Select(id => new ProductId(id))];

    private static string Verdicts(params int[] indexes) =>
        "[" + string.Join(',', indexes.Select(index => string.Create(
            CultureInfo.InvariantCulture, $$"""{"result":"ok","job_index":{{index}},"product_id":{{index + 1}}}"""))) + "]";

    private TestClient On(ManualTimeProvider clock) => new(new StubTransport(network), more: services =>
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IRateLimiter>(new RecordingLimiter());
    });

    private Task<IReadOnlyList<BulkItemResult>> RunAsync(BulkRun run, CancellationToken cancellationToken = default) =>
        client.Account.Jobs.RunAsync(run, cancellationToken);

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath["/api/v2/".Length..];
        if (request.Method == HttpMethod.Post)
        {
            using var body = JsonDocument.Parse(request.Content!.ReadAsStream(CancellationToken.None));
            submitted.Add((path, body.RootElement.GetProperty("products").GetArrayLength()));
            return onSubmit(submitted.Count)
                ?? StubTransport.Answer(
                    HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $$"""{"job":"job-{{submitted.Count}}"}"""));
        }

        var job = path["jobs/".Length..];
        polls[job] = polls.GetValueOrDefault(job) + 1;
        var state = jobState(job, polls[job]);
        return state == "404"
            ? StubTransport.Answer(HttpStatusCode.NotFound, """{"error_code":"not_found"}""")
            : StubTransport.Answer(HttpStatusCode.OK, $$"""{"uuid":"{{job}}","state":"{{state}}","results":{{results(job)}}}""");
    }
}
