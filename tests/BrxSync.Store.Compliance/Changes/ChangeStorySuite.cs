using System.Globalization;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// Random stories of edits, sales, offers and deletions here, of sales and edits there, of lost answers, and of processes that end, lose
/// their database or are stopped at any point. At rest nothing is lost and nothing was done twice. BRXSYNC_STORIES plays more of them, and
/// BRXSYNC_SEED one seed alone.
/// </summary>
public abstract class ChangeStorySuite : ChangeSuite
{
    private const int FirstSeed = 100;

    private static readonly string[] Endpoints = ["POST /products/:id/increment", "POST /products/bulk_create",
        "POST /products/bulk_update", "POST /products/bulk_destroy"];

    private readonly HashSet<long> _undecided = [];
    private ShopHost _sender = null!;
    private bool _isReadingAll;

    private DyingProcess Process => _sender.Services.GetRequiredService<DyingProcess>();

    public override async Task InitializeAsync()
    {
        Also = DyingProcess.AroundCalls;
        Store.Around = DyingProcess.AroundStores;
        await base.InitializeAsync();
        _sender = StartHost();
    }

    [Fact]
    public Task Play_LostAnswersAndInterleavings_NothingIsLostOrDoneTwice() => PlayAsync(5, async story =>
    {
        foreach (var endpoint in Endpoints)
        {
            Marketplace.Faults.Add(new FaultRule
            {
                Endpoint = endpoint, Action = FaultAction.LostAnswer, Probability = 0.1, Seed = story.Next(int.MaxValue),
            });
        }

        BeforeCall = call => MeanwhileAsync(story, story.ChanceOf(call, isAnswered: false));
        AfterCall = call => MeanwhileAsync(story, story.ChanceOf(call, isAnswered: true));
        for (var step = 6 + story.Next(12); step > 0; step--)
        {
            await HappenAsync(story, 1 + story.Next(5));
            await WorkAsync(story);
        }
    });

    [Theory]
    [InlineData(Mishap.Dies)]
    [InlineData(Mishap.LosesDatabase)]
    [InlineData(Mishap.IsStopped)]
    public async Task Push_MishapAtEveryPoint_NothingIsLostOrDoneTwice(Mishap mishap)
    {
        // Every fourth point without more time, another one for each mishap.
        var isOver = false;
        var step = Number("BRXSYNC_STORIES") is null ? 4 : 1;
        for (var point = step == 1 ? 0 : (int)mishap; !isOver; point += step)
        {
            isOver = true;
            await PlayAsync(1, async story =>
            {
                await HappenAsync(story, 6);
                story.Note($"{mishap} at {point}");
                Process.Plan(point, mishap);
                await TryAsync(() => DriveAsync(Pusher().RunAsync(Account, Process.Stop)));
                isOver &= !Process.HasHappened;
                Process.Plan(-1, mishap);
                if (Process.IsDead)
                {
                    _sender = StartHost();
                }

                await HappenAsync(story, 1);
            }, point);
        }
    }

    private async Task PlayAsync(int stories, Func<ChangeStory, Task> play, int shift = 0)
    {
        var only = Number("BRXSYNC_SEED");
        var count = Number("BRXSYNC_STORIES") ?? stories;
        for (var seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            if (only is not null && seed != only)
            {
                continue;
            }

            Seller.ChangeProducts(0, added: Math.Max(0, 9 - Seller.GetStock().Count), seed: seed);
            await ReadAllAsync();
            var story = new ChangeStory(Seller, Marketplace, Changes, Account, seed + (1_000 * shift));
            await story.BeginAsync(await HeldAsync());
            await play(story);
            await RestAsync(story);
        }
    }

    private IPush Pusher() => _sender.Services.GetRequiredService<IPush>();

    private async Task HappenAsync(ChangeStory story, int times)
    {
        for (; times > 0; times--)
        {
            story.Refresh(await HeldAsync());
            await story.HappenAsync();
            Time.Advance(TimeSpan.FromMilliseconds(story.Next(3_000)));
        }
    }

    private async Task MeanwhileAsync(ChangeStory story, Random chance)
    {
        if (chance.Next(4) > 0)
        {
            return;
        }

        var (before, after) = (BeforeCall, AfterCall);
        BeforeCall = AfterCall = _ => Task.CompletedTask;
        story.Note("meanwhile");
        switch (chance.Next(6))
        {
            case 0:
                await Host.Rereading.RunAsync(Account);
                break;
            case 1 when !_isReadingAll:
                await ReadAllAsync();
                break;
            case 2:
                await Marketplace.Webhooks.FlushAsync(chance.Next(1_000));
                break;
            default:
                story.Refresh(await HeldAsync());
                await story.HappenAsync(chance);
                break;
        }

        (BeforeCall, AfterCall) = (before, after);
    }

    private async Task WorkAsync(ChangeStory story)
    {
        switch (story.Next(10))
        {
            case 0:
                story.Note("read again");
                await DriveAsync(Host.Rereading.RunAsync(Account));
                break;
            case 1:
                story.Note("sync");
                await ReadAllAsync();
                break;
            case 2:
                story.Note("webhooks");
                await Marketplace.Webhooks.FlushAsync(story.Next(1_000));
                break;
            case 3:
                story.Note("poll");
                await Host.Polling.RunAsync(Account);
                break;
            case 4:
                story.Note("wait");
                Time.Advance(TimeSpan.FromSeconds(story.Next(500)));
                break;
            case 5:
                story.Note("two push");
                await DriveAsync(Task.WhenAll(Push.RunAsync(Account), Pusher().RunAsync(Account)));
                break;
            default:
                story.Note("push");
                await PushAsync(_sender);
                break;
        }
    }

    private async Task RestAsync(ChangeStory story)
    {
        story.Note("rest");
        BeforeCall = AfterCall = _ => Task.CompletedTask;
        Marketplace.Faults.Clear();
        await Marketplace.Webhooks.FlushAsync();
        for (var round = 0; ; round++)
        {
            round.ShouldBeLessThan(40, $"something waits for ever in {story}");
            await PushAsync(_sender);
            await Host.Polling.RunAsync(Account);
            await Host.Polling.FetchRequestedAsync(Account);
            await DriveAsync(Host.Rereading.RunAsync(Account));
            if (await DueAsync() == 0 && await IsQuietAsync())
            {
                break;
            }

            Time.Advance(TimeSpan.FromSeconds(45));
        }

        await story.ShouldBeWholeAsync(await HeldAsync());
        Time.Advance(TimeSpan.FromSeconds(10));
        await ReadAllAsync();
        await SettleAsync();
        _undecided.UnionWith(await story.UndecidedOffersAsync());
        var items = await HeldAsync();
        story.Refresh(items);
        var held = items.Where(item => item.Quantity > 0 && !(item.ProductId is null && _undecided.Contains(item.Id)))
            .ToDictionary(
                item => item.ProductId.ToString()!, item => (item.Quantity, (int)item.Price!.Value.Cents), StringComparer.Ordinal);
        held.ShouldBe(
            Seller.GetStock().ToDictionary(
                level => Text(level.ProductId),
                level => (level.Quantity, Seller.FindProduct(level.ProductId)!.PriceCents), StringComparer.Ordinal),
            ignoreOrder: true,
            await story.TellAsync());
    }

    private async Task<bool> IsQuietAsync()
    {
        foreach (var status in (Sync.Stock.Changes.ChangeState[])
            [Sync.Stock.Changes.ChangeState.Waiting, Sync.Stock.Changes.ChangeState.Sent, Sync.Stock.Changes.ChangeState.InDoubt])
        {
            if ((await Store.Services.GetRequiredService<Sync.Abstractions.IChangeStore>()
                .ListOpenAsync(Account, status, null, 0, 1)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task ReadAllAsync()
    {
        _isReadingAll = true;
        (await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account, AcceptFall = true })).Error.ShouldBeNull();
        _isReadingAll = false;
    }

    private async Task<IReadOnlyList<InventoryItem>> HeldAsync() => [.. (await ItemsAsync(Account)).Values.OrderBy(item => item.Id)];

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (exception is not Shouldly.ShouldAssertException)
        {
            // What becomes of a run that something happened to is not the point.
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
