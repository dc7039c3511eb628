using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Tests.Webhooks;

/// <summary>
/// A store that keeps which deliveries were applied, one transaction after the other, and lets a test hold or fail a transaction before
/// it is committed.
/// </summary>
internal sealed class InboxStore : IStockStore
{
    private readonly ConcurrentDictionary<string, bool> _applied = [];
    private readonly Channel<string[]> _begun = Channel.CreateUnbounded<string[]>();

    /// <summary>The deliveries of each transaction that was begun, as it begins.</summary>
    public ChannelReader<string[]> Begun => _begun.Reader;

    /// <summary>Every transaction that was committed.</summary>
    public ConcurrentQueue<IReadOnlyList<DeliveryRow>> Committed { get; } = [];

    /// <summary>The ids that were committed, in their order.</summary>
    public IEnumerable<string> CommittedIds => Committed.SelectMany(rows => rows).Select(row => row.Id);

    /// <summary>What happens before a transaction is committed.</summary>
    public Func<IReadOnlyList<DeliveryRow>, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    public Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IStockSession>(new Session(this));

    public Task<bool> KeepAsync(AccountId accountId, DeliveryRow delivery, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DeliveryRow>> ListWaitingAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<DueReread>> ListRereadsAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DueFetch>> ListFetchesAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task PostponeRereadsAsync(
        AccountId accountId, IReadOnlyList<DueReread> requests, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task PostponeFetchAsync(
        AccountId accountId, OrderId order, DateTimeOffset notBefore, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<OrderPosition> GetOrderPositionAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task SetOrderPositionAsync(
        AccountId accountId, long? seller, OrderPosition position, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<OrderId>> ListStandingAsync(
        AccountId accountId,
        DateTimeOffset soldSince,
        DateTimeOffset confirmedBefore,
        DateTimeOffset latest,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed class Session(InboxStore store) : IStockSession
    {
        public Task<LoadedBooks> LoadAsync(StockScope scope, CancellationToken cancellationToken = default)
        {
            store._begun.Writer.TryWrite([.. scope.Deliveries]);
            var applied = scope.Deliveries.Where(store._applied.ContainsKey).ToHashSet();
            return Task.FromResult(new LoadedBooks(AccountBooks.Empty, applied));
        }

        public Task<long> AddItemAsync(ItemDetails item, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default)
        {
            await store.BeforeCommit(writes.NewDeliveries);
            foreach (var row in writes.NewDeliveries)
            {
                store._applied.TryAdd(row.Id, true).ShouldBeTrue();
            }

            store.Committed.Enqueue(writes.NewDeliveries);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
