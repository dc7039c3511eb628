using System.Text;
using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Webhooks;

/// <summary>The webhooks of all accounts: those on their way, and what became of the others.</summary>
public sealed class WebhookOutbox : IAsyncDisposable
{
    private const int KeptDeliveries = 100_000;

    private readonly Marketplace marketplace;
    private readonly WebhookSender sender;
    private readonly Lock gate = new();
    private readonly List<WebhookDelivery> deliveries = [];
    private Random random;

    internal WebhookOutbox(Marketplace marketplace)
    {
        this.marketplace = marketplace;
        Behavior = marketplace.Options.Webhooks;
        random = new Random(Behavior.Seed);
        sender = new WebhookSender(marketplace.Options.WebhookTransport, OnSent);
    }

    /// <summary>Gets how webhooks travel.</summary>
    public WebhookBehavior Behavior { get; }

    /// <summary>Gets the webhooks, oldest first, duplicates as rows of their own; at least the latest 50,000.</summary>
    public IReadOnlyList<WebhookDelivery> All()
    {
        lock (gate)
        {
            return [.. deliveries];
        }
    }

    /// <summary>Gets the webhooks on their way or kept back.</summary>
    public IReadOnlyList<WebhookDelivery> Queued()
    {
        lock (gate)
        {
            return [.. deliveries.Where(delivery => delivery.State == WebhookState.Queued)];
        }
    }

    /// <summary>Sends everything queued now, whatever its delay, and waits until each was answered or has failed.</summary>
    /// <param name="shuffleSeed">Null for the order of the events; else the order is drawn from it.</param>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    public async Task FlushAsync(int? shuffleSeed = null, CancellationToken cancellationToken = default)
    {
        WebhookDelivery[] batch;
        lock (gate)
        {
            batch = [.. deliveries.Where(delivery => delivery is { State: WebhookState.Queued, Taken: false })];
            foreach (var delivery in batch)
            {
                delivery.Taken = true;
            }
        }

        if (shuffleSeed is { } seed)
        {
            new Random(seed).Shuffle(batch);
        }

        foreach (var delivery in batch)
        {
            sender.Enqueue(delivery);
        }

        await sender.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loses everything queued now. Returns how many were lost.</summary>
    public int Drop()
    {
        lock (gate)
        {
            var queued = deliveries.Where(delivery => delivery is { State: WebhookState.Queued, Taken: false }).ToList();
            queued.ForEach(delivery => delivery.State = WebhookState.Lost);
            return queued.Count;
        }
    }

    /// <summary>Sends a webhook that was sent before once more, with the same id and bytes, or the same event under a new id.</summary>
    public void Repeat(WebhookDelivery delivery, bool newId = false)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var id = delivery.Id;
        var body = newId ? WithNewId(delivery, out id) : delivery.Body.ToArray();
        Send(delivery.Account, delivery.Cause, delivery.ObjectId, body, id);
    }

    /// <summary>Sends any bytes to an account, signed with its secret.</summary>
    public void SendRaw(SimulatedSeller seller, ReadOnlyMemory<byte> body, string cause = "")
    {
        ArgumentNullException.ThrowIfNull(seller);
        Send(seller, cause, 0, body.ToArray(), Guid.NewGuid());
    }

    /// <summary>Announces an order under any cause, as it is now.</summary>
    public void Announce(SimulatedOrder order, string cause)
    {
        ArgumentNullException.ThrowIfNull(order);
        AnnounceOne(order, cause);
        if (order.Mirror is { } mirror)
        {
            AnnounceOne(mirror, cause);
        }
    }

    internal void AnnounceOne(SimulatedOrder order, string cause)
    {
        var now = marketplace.Clock.Now;
        var id = Guid.NewGuid();
        var body = WebhookEnvelope.Write(id, now, cause, order, Behavior, marketplace.Orders.Behavior);
        if (Draw(Behavior.UnknownCauses))
        {
            var unknown = Guid.NewGuid();
            Send(order.Account, "order.archived", order.Id, WebhookEnvelope.Write(
                unknown, now, "order.archived", order, Behavior, marketplace.Orders.Behavior), unknown);
        }

        var first = Send(order.Account, cause, order.Id, body, id, mayBeLost: true);
        if (Draw(Behavior.Duplicates))
        {
            Send(order.Account, cause, order.Id, body, id);
        }

        if (Draw(Behavior.DuplicatesWithNewId))
        {
            Send(order.Account, cause, order.Id, WithNewId(first, out var newId), newId);
        }
    }

    internal void Clear()
    {
        lock (gate)
        {
            foreach (var delivery in deliveries)
            {
                delivery.Taken = true;
            }

            deliveries.Clear();
            random = new Random(Behavior.Seed);
        }
    }

    internal ValueTask StopAsync() => sender.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => StopAsync();

    private static byte[] WithNewId(WebhookDelivery delivery, out Guid id)
    {
        id = Guid.NewGuid();
        return Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(delivery.Body.Span).Replace(delivery.Id.ToString(), id.ToString(), StringComparison.Ordinal));
    }

    private WebhookDelivery Send(SimulatedSeller seller, string cause, long objectId, byte[] body, Guid id, bool mayBeLost = false)
    {
        var delivery = new WebhookDelivery(
            id, seller, cause, objectId, body, WebhookEnvelope.Sign(seller.SharedSecret, body), marketplace.Clock.Now);
        if (seller.WebhookUrl is null || (mayBeLost && Draw(Behavior.Loss)))
        {
            delivery.State = WebhookState.Lost;
        }

        lock (gate)
        {
            deliveries.Add(delivery);
            ForgetOldest();
        }

        if (delivery.State == WebhookState.Queued && !Behavior.Hold)
        {
            Schedule(delivery, Behavior.Delay + (Behavior.Jitter * Draw()));
        }

        return delivery;
    }

    /// <summary>
    /// Keeps long runs within bounds: of very many webhooks the older half is forgotten, but for those still on their way.
    /// </summary>
    private void ForgetOldest()
    {
        if (deliveries.Count > KeptDeliveries)
        {
            var kept = deliveries.Where((delivery, place) => place > KeptDeliveries / 2 || delivery.State == WebhookState.Queued).ToList();
            deliveries.Clear();
            deliveries.AddRange(kept);
        }
    }

    private void Schedule(WebhookDelivery delivery, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Release(delivery);
        }
        else
        {
            marketplace.Scheduler.After(delay, () => Release(delivery));
        }
    }

    private void Release(WebhookDelivery delivery)
    {
        lock (gate)
        {
            if (delivery.Taken || delivery.State != WebhookState.Queued)
            {
                return;
            }

            delivery.Taken = true;
        }

        sender.Enqueue(delivery);
    }

    private void OnSent(WebhookDelivery delivery, int? status)
    {
        lock (gate)
        {
            delivery.Attempts++;
            delivery.Status = status;
            delivery.Taken = false;
            delivery.State = status is >= 200 and < 300 ? WebhookState.Delivered
                : delivery.Attempts < Behavior.Attempts ? WebhookState.Queued
                : WebhookState.Failed;
        }

        if (delivery.State == WebhookState.Queued && !Behavior.Hold)
        {
            Schedule(delivery, Behavior.RetryDelay);
        }
    }

    private bool Draw(double probability) => probability > 0 && Draw() < probability;

    private double Draw()
    {
        lock (gate)
        {
            return random.NextDouble();
        }
    }
}
