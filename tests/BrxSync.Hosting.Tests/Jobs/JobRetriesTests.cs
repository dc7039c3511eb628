using BrxSync.Client.Errors;
using BrxSync.Hosting.Jobs;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using BrxSync.Testing.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>Jobs that fail are tried ten times, whatever becomes of the process, and then given up with a dead letter.</summary>
public sealed class JobRetriesTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private JobsHost _jobs = null!;

    public async Task InitializeAsync() => _jobs = await JobsHost.CreateAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    [Theory]
    [InlineData("sync")]
    [InlineData("reread")]
    [InlineData("push")]
    [InlineData("orders")]
    [InlineData("reconcile")]
    [InlineData("feed")]
    public async Task Job_WhoseFailureNeverPasses_IsGivenUpAfterTenAttempts(string name)
    {
        var kind = StoredWords.FindWorkKind(name)!.Value;
        var handler = new RecordingHandler(kind) { IsHeld = false, Fault = _ => new IOException("away") };
        var host = await _jobs.StartAsync(_time, null, handler);
        var account = await ConnectAsync(host);

        Raise(host, account, kind);
        await PassAsync(TimeSpan.FromMinutes(20), async () => await LetterAsync(host, account) is not null);

        var letter = (await LetterAsync(host, account)).ShouldNotBeNull();
        (letter.Source, letter.Kind, letter.Attempts, letter.ErrorCode).ShouldBe(("jobs", name, 10, "INTERNAL_ERROR"));
        letter.TraceId.ShouldNotBeNull();
        handler.Runs.ShouldBe(10);
        await _time.AdvanceAsync(TimeSpan.FromMinutes(3));
        handler.Runs.ShouldBe(10, "nobody asks for it");
    }

    [Fact]
    public async Task Job_FailureForGood_IsGivenUpAtOnce()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false, Fault = _ => new InvalidOperationException("token abc") };
        var host = await _jobs.StartAsync(_time, null, handler);
        var (account, other) = (await ConnectAsync(host), await ConnectAsync(host, "other"));

        Raise(host, account, WorkKind.Reread);
        await PassAsync(TimeSpan.FromMinutes(1), async () => await LetterAsync(host, account) is not null);

        var letter = (await LetterAsync(host, account)).ShouldNotBeNull();
        (letter.Attempts, letter.Error).ShouldBe((1, nameof(InvalidOperationException)), "a message may hold anything");
        handler.Runs.ShouldBe(1);
        (await LetterAsync(host, other)).ShouldBeNull();
    }

    [Fact]
    public async Task Job_FailureThatPasses_LeavesNothing()
    {
        var handler = new RecordingHandler(WorkKind.Push) { IsHeld = false, Fault = run => run < 4 ? new IOException("away") : null };
        var host = await _jobs.StartAsync(_time, null, handler);
        var account = await ConnectAsync(host);

        Raise(host, account, WorkKind.Push);
        await PassAsync(
            TimeSpan.FromMinutes(5),
            async () => handler.Completed == 1 && await RetryAsync(host, account, WorkKind.Push) is null);

        handler.Runs.ShouldBe(4);
        (await LetterAsync(host, account)).ShouldBeNull();
    }

    [Fact]
    public async Task Job_ProcessEndsBetweenAttempts_IsTriedTenTimesInAll()
    {
        var first = new RecordingHandler(WorkKind.Reread) { Fault = _ => new IOException("away") };
        var before = await _jobs.StartAsync(_time, null, first);
        var account = await ConnectAsync(before);
        Raise(before, account, WorkKind.Reread);
        first.Release(4);
        await PassAsync(TimeSpan.FromMinutes(5), async () => (await RetryAsync(before, account, WorkKind.Reread))?.Attempts == 4);
        await before.StopAsync();

        var second = new RecordingHandler(WorkKind.Reread) { IsHeld = false, Fault = _ => new IOException("away") };
        var after = await _jobs.StartAsync(_time, null, second);
        await PassAsync(TimeSpan.FromMinutes(20), async () => await LetterAsync(after, account) is not null);

        (await LetterAsync(after, account))!.Attempts.ShouldBe(10);
        second.Runs.ShouldBe(6);
    }

    [Fact]
    public async Task Job_GivenUpWhoseWorkIsStillThere_IsTriedNowAndThenAndSettlesItsLetter()
    {
        var fails = true;
        var handler = new RecordingHandler(WorkKind.Reread)
        {
            IsHeld = false, Fault = _ => Volatile.Read(ref fails) ? new IOException("away") : null,
        };
        var host = await _jobs.StartAsync(_time, null, handler);
        var account = await ConnectAsync(host);
        await _jobs.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, 1)");
        await PassAsync(TimeSpan.FromMinutes(20), async () => await LetterAsync(host, account) is not null);

        await PassAsync(TimeSpan.FromMinutes(20), async () => (await LetterAsync(host, account))!.Attempts >= 12);
        Volatile.Write(ref fails, false);
        await PassAsync(TimeSpan.FromMinutes(20), async () => (await LetterAsync(host, account))!.Status == DeadLetterStatus.Replayed);

        (await host.Services.GetRequiredService<IDeadLetters>().ListAsync(account)).Items.Count.ShouldBe(1);
        (await RetryAsync(host, account, WorkKind.Reread)).ShouldBeNull();
    }

    [Fact]
    public async Task Job_OfTwoAccounts_CountsEachForItself()
    {
        var handler = new RecordingHandler(WorkKind.Push) { IsHeld = false, Fault = _ => new IOException("away") };
        var host = await _jobs.StartAsync(_time, null, handler);
        var (account, other) = (await ConnectAsync(host), await ConnectAsync(host, "other"));

        Raise(host, account, WorkKind.Push);
        Raise(host, other, WorkKind.Push);
        await PassAsync(
            TimeSpan.FromMinutes(20),
            async () => await LetterAsync(host, account) is not null && await LetterAsync(host, other) is not null);

        (await LetterAsync(host, account))!.Attempts.ShouldBe(10);
        (await LetterAsync(host, other))!.Attempts.ShouldBe(10);
        handler.Runs.ShouldBeGreaterThanOrEqualTo(20, "one whose end could not be recorded is run once more");
    }

    [Fact]
    public async Task Job_AskedForWhileItWaits_IsNotTriedBeforeItsTime()
    {
        var handler = new RecordingHandler(WorkKind.Push) { IsHeld = false, Fault = run => run == 1 ? new IOException("away") : null };
        var host = await _jobs.StartAsync(_time, null, handler);
        var account = await ConnectAsync(host);
        await host.Services.GetRequiredService<IJobRetryStore>().SaveAsync(
            new JobRetry
            {
                AccountId = account,
                Kind = WorkKind.Push,
                Attempts = 3,
                FirstFailedAt = _time.GetUtcNow(),
                NotBefore = _time.GetUtcNow().AddMinutes(4),
            },
            "away");
        var started = _time.GetTimestamp();

        Raise(host, account, WorkKind.Push);
        await PassAsync(TimeSpan.FromMinutes(20), () => Task.FromResult(handler.Runs == 1));

        _time.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Job_WhoseTokenIsRefused_LeavesNoLetter()
    {
        var refused = new CardTraderAuthenticationException("refused", new CardTraderErrorDetails { Operation = "orders" });
        var handler = new RecordingHandler(WorkKind.Orders) { IsHeld = false, Fault = _ => refused };
        var host = await _jobs.StartAsync(_time, null, handler);
        var account = await ConnectAsync(host);

        Raise(host, account, WorkKind.Orders);
        await PassAsync(TimeSpan.FromMinutes(1), () => Task.FromResult(handler.Runs == 1));
        await _time.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await LetterAsync(host, account)).ShouldBeNull();
    }

    [Fact]
    public async Task Sync_FailsForNow_IsRetriedUnderTheSameOperation()
    {
        var host = await _jobs.StartAsync(
            options => options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMilliseconds(20));
        var account = await ConnectAsync(host);
        CutExports(times: 3);

        var operation = await host.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);
        var seen = new List<Operation>();
        await foreach (var state in host.Services.GetRequiredService<IOperations>().WatchAsync(operation.Id))
        {
            seen.Add(state);
        }

        (seen[^1].Status, seen[^1].Attempt, seen[^1].Error).ShouldBe((OperationStatus.Completed, 4, null));
        seen.Select(state => state.Progress?.Percent ?? 0).ShouldBeInOrder();
        (await host.Services.GetRequiredService<IAccounts>().FindAsync(account))!.Status.ShouldBe(AccountStatus.Active);
        (await LetterAsync(host, account)).ShouldBeNull();
        (await host.Services.GetRequiredService<IOperations>().ListAsync(account, 10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sync_IsRetrying_SaysWhenAndAPersonMayHurryOrCancelIt()
    {
        var host = await _jobs.StartAsync(options => options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMinutes(5));
        var (account, other) = (await ConnectAsync(host), await ConnectAsync(host, "other"));
        CutExports(times: null);
        var (jobs, operations) = (host.Services.GetRequiredService<IBrxSyncJobs>(), host.Services.GetRequiredService<IOperations>());

        var operation = await jobs.StartSyncAsync(account);
        var cancelled = await jobs.StartSyncAsync(other);
        await RetryingAsync(operations, operation.Id);
        await RetryingAsync(operations, cancelled.Id);
        var waiting = (await operations.FindAsync(operation.Id))!;
        (await operations.CancelAsync(cancelled.Id)).ShouldBeTrue();
        _jobs.Marketplace.Faults.Clear();
        var hurried = await jobs.StartSyncAsync(account, joinLive: true);
        await JobsHost.EventuallyAsync(async () => !(await operations.FindAsync(operation.Id))!.IsLive, "it runs at once");

        (waiting.NextAttempt > 1, waiting.NextAttemptAt.HasValue, string.IsNullOrEmpty(waiting.Error)).ShouldBe((true, true, false));
        (hurried.Id, (await operations.FindAsync(operation.Id))!.Status).ShouldBe((operation.Id, OperationStatus.Completed));
        (await operations.FindAsync(cancelled.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await RetryAsync(host, other, WorkKind.Sync)).ShouldBeNull();
        (await LetterAsync(host, other)).ShouldBeNull();
    }

    [Fact]
    public async Task Sync_NeverSucceeds_FailsItsOperationAndIsReplayedAsANewOne()
    {
        var host = await _jobs.StartAsync(options =>
        {
            options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMilliseconds(20);
            options.RetryAttempts = 2;
        });
        var account = await ConnectAsync(host);
        CutExports(times: null);
        var operations = host.Services.GetRequiredService<IOperations>();

        var operation = await host.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);
        await JobsHost.EventuallyAsync(async () => await LetterAsync(host, account) is not null, "it is given up");
        var failed = (await operations.FindAsync(operation.Id))!;
        var letter = (await LetterAsync(host, account))!;
        _jobs.Marketplace.Faults.Clear();
        await host.Services.GetRequiredService<IDeadLetters>().ReplayAsync(account, letter.Id);
        await JobsHost.EventuallyAsync(
            async () => (await operations.ListAsync(account, 1))[0].Status == OperationStatus.Completed, "the replay succeeds");

        (failed.Status, failed.Attempt, string.IsNullOrEmpty(failed.Error)).ShouldBe((OperationStatus.Failed, 2, false));
        (letter.Kind, letter.Attempts, letter.ErrorCode).ShouldBe((DeadLetterKinds.SyncJob, 2, "SNAPSHOT_REFUSED"));
        letter.Payload.ShouldContain(operation.Id);
        (await host.Services.GetRequiredService<IDeadLetters>().CountOpenAsync(account)).ShouldBe(0);
    }

    private static void Raise(IHost host, AccountId account, WorkKind kind) =>
        host.Services.GetRequiredService<IWorkSignal>().Raise(account, kind);

    private static Task<AccountId> ConnectAsync(IHost host, string seller = "demo") => JobsHost.ConnectAsync(host, seller);

    private static async Task<DeadLetter?> LetterAsync(IHost host, AccountId account) =>
        (await host.Services.GetRequiredService<IDeadLetters>().ListAsync(account)).Items.SingleOrDefault();

    private static Task<JobRetry?> RetryAsync(IHost host, AccountId account, WorkKind kind) =>
        host.Services.GetRequiredService<IJobRetryStore>().FindAsync(account, kind);

    private static Task RetryingAsync(IOperations operations, string id) => JobsHost.EventuallyAsync(
        async () => await operations.FindAsync(id) is { Status: OperationStatus.Retrying }, "it waits to be tried again");

    private void CutExports(int? times) => _jobs.Marketplace.Faults.Add(
        new FaultRule { Endpoint = "GET /products/export", Action = FaultAction.ShortBody, AtByte = 200, Times = times });

    /// <summary>Lets time pass a little at a time until something is so, and fails when it is not after <paramref name="limit"/>.</summary>
    private async Task PassAsync(TimeSpan limit, Func<Task<bool>> condition)
    {
        var started = _time.GetTimestamp();
        await JobsHost.EventuallyAsync(
            async () =>
            {
                if (await condition())
                {
                    return true;
                }

                if (_time.GetElapsedTime(started) < limit)
                {
                    await _time.AdvanceAsync(limit / 200);
                }

                return false;
            },
            $"it happens within {limit}");
    }
}
