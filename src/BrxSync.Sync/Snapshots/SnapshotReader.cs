using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Reads one export into a session's stage: parsing and staging run side by side with a bounded number of batches between them, so
/// memory does not grow with the export. Counts what the guard will want to know.
/// </summary>
internal sealed class SnapshotReader(
    ISnapshotSession session, SyncCounters counters, CatalogFilter catalog, long? sellerId, int batchSize)
{
    private const int RepeatsKept = 100;

    private readonly ProductIdSet _ids = new();
    private readonly Dictionary<string, List<int>> _rowsByCurrency = new(StringComparer.Ordinal);
    private readonly Channel<SnapshotRow[]> _free = Channel.CreateUnbounded<SnapshotRow[]>();
    private RowFaults _badRows = RowFaults.None;
    private string? _firstCurrency;
    private long _firstCurrencyRows;
    private readonly Dictionary<long, RowFault> _repeats = [];
    private bool _hasRepeats;
    private long? _sellerId = sellerId;
    private long _firstIndex;
    private long _bytesBefore;
    private string? _origin;

    /// <summary>Gets or sets whether rows are left out silently whose product was read before.</summary>
    public bool IgnoresKnown { get; set; }

    /// <summary>Gets the first row of another seller; reading stops there.</summary>
    public RowFault? ForeignSeller { get; private set; }

    /// <summary>Gets the rows that could not be used.</summary>
    public RowFaults BadRows => _badRows;

    /// <summary>Gets how many rows came in each currency.</summary>
    public ImmutableDictionary<string, long> RowsByCurrency
    {
        get
        {
            var counts = _rowsByCurrency.ToImmutableDictionary(pair => pair.Key, pair => (long)pair.Value.Count, StringComparer.Ordinal);
            return _firstCurrency is null ? counts : counts.Add(_firstCurrency, _firstCurrencyRows);
        }
    }

    /// <summary>Gives what another process needs to go on after the last export, beside the staged rows.</summary>
    public SnapshotReaderState Save() => new()
    {
        SellerId = _sellerId,
        FirstCurrency = _firstCurrency,
        FirstCurrencyRows = _firstCurrencyRows,
        OtherCurrencies = _rowsByCurrency,
        BadRows = _badRows.Count,
        BadRowSamples = _badRows.Samples,
        Repeats = _repeats,
        HasRepeats = _hasRepeats,
        Catalog = catalog.Save(),
        Processed = counters.Processed,
        Skipped = counters.Skipped,
        BytesRead = counters.BytesRead,
    };

    /// <summary>Goes on where another process stopped.</summary>
    /// <param name="state">What it saved.</param>
    /// <param name="ids">The products that are staged.</param>
    public void Restore(SnapshotReaderState state, IEnumerable<long> ids)
    {
        (_sellerId, _firstCurrency, _firstCurrencyRows, _hasRepeats) =
            (state.SellerId, state.FirstCurrency, state.FirstCurrencyRows, state.HasRepeats);
        (counters.Processed, counters.Skipped, counters.BytesRead) = (state.Processed, state.Skipped, state.BytesRead);
        catalog.Restore(state.Catalog);
        foreach (var (currency, rows) in state.OtherCurrencies)
        {
            _rowsByCurrency.Add(currency, rows);
        }

        foreach (var (id, repeat) in state.Repeats)
        {
            _repeats.Add(id, repeat);
        }

        foreach (var id in ids)
        {
            _ids.Add(id);
        }

        _badRows = state.BadRowSamples.Aggregate(RowFaults.None, (faults, fault) => faults.Add(fault))
            .AddUnseen(state.BadRows - state.BadRowSamples.Count);
    }

    /// <summary>Reads the export to its end, or to the first row of another seller. Several may be read one after the other.</summary>
    public async Task ReadAsync(ProductExport export, string? origin, CancellationToken cancellationToken)
    {
        (_origin, _firstIndex, _bytesBefore) = (origin, counters.Processed, counters.BytesRead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<ArraySegment<SnapshotRow>>(
            new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        var staging = StageAsync(batches.Reader, stop, cancellationToken);
        try
        {
            await ParseAsync(export, batches.Writer, stop.Token).ConfigureAwait(false);
            batches.Writer.Complete();
        }
        catch (Exception exception)
        {
            batches.Writer.TryComplete(exception);
            await stop.CancelAsync().ConfigureAwait(false);
            await staging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (staging.Exception?.InnerException is { } cause and not OperationCanceledException
                && exception is OperationCanceledException)
            {
                // Parsing only stopped because staging had failed.
                ExceptionDispatchInfo.Throw(cause);
            }

            throw;
        }

        await staging.ConfigureAwait(false);
    }

    /// <summary>Settles what only the whole export can tell: ids that came twice.</summary>
    public async Task<RowFaults> SettleAsync(CancellationToken cancellationToken)
    {
        if (!_hasRepeats)
        {
            return RowFaults.None;
        }

        var duplicates = await session.SettleDuplicatesAsync(cancellationToken).ConfigureAwait(false);
        counters.Skipped += duplicates.Copies + duplicates.ConflictingRows;
        var conflicting = RowFaults.None;
        foreach (var id in duplicates.ConflictingIds)
        {
            conflicting = _repeats.TryGetValue(id, out var repeat) ? conflicting.Add(repeat) : conflicting;
        }

        return conflicting.AddUnseen(duplicates.ConflictingRows - conflicting.Count);
    }

    /// <summary>Takes the prices from every row that is not in the account's currency.</summary>
    public async Task WithholdPricesAsync(string? priceCurrency, CancellationToken cancellationToken)
    {
        if (_firstCurrency is not null && !string.Equals(priceCurrency, _firstCurrency, StringComparison.Ordinal))
        {
            IReadOnlyList<int> kept = priceCurrency is not null && _rowsByCurrency.TryGetValue(priceCurrency, out var rows) ? rows : [];
            await session.WithholdPricesAsync(kept, allOthers: true, cancellationToken).ConfigureAwait(false);
        }
        else if (_rowsByCurrency.Count > 0)
        {
            await session.WithholdPricesAsync(
                [.. _rowsByCurrency.Values.SelectMany(rows => rows)], allOthers: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ParseAsync(
        ProductExport export, ChannelWriter<ArraySegment<SnapshotRow>> batches, CancellationToken cancellationToken)
    {
        var batch = new SnapshotRow[batchSize];
        var count = 0;
        await foreach (var row in export.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            counters.Processed = _firstIndex + row.Index + 1;
            if (row.Product is null)
            {
                Reject(row, row.Fault ?? "cannot be read");
                continue;
            }

            if (IsForeign(row))
            {
                return;
            }

            if (SnapshotRowCheck.Fit(row.Product, out var fault) is not { } product)
            {
                Reject(row, fault!);
                continue;
            }

            if (!_ids.Add(product.Id.Value))
            {
                if (IgnoresKnown)
                {
                    continue;
                }

                Repeat(row);
            }

            var index = (int)(_firstIndex + row.Index);
            CountCurrency(product.Price.Currency, index);
            batch[count++] = new SnapshotRow(index, product, ContentHash.Of(product));
            if (count == batch.Length)
            {
                counters.BytesRead = _bytesBefore + export.BytesRead;
                await batches.WriteAsync(new ArraySegment<SnapshotRow>(batch, 0, count), cancellationToken).ConfigureAwait(false);
                batch = _free.Reader.TryRead(out var used) ? used : new SnapshotRow[batchSize];
                count = 0;
            }
        }

        counters.BytesRead = _bytesBefore + export.BytesRead;
        if (count > 0)
        {
            await batches.WriteAsync(new ArraySegment<SnapshotRow>(batch, 0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StageAsync(
        ChannelReader<ArraySegment<SnapshotRow>> batches, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        // Leaves the caller's thread at once: parsing goes on there.
        await Task.Yield();
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                await catalog.MarkAsync(batch, stop.Token).ConfigureAwait(false);

                // A batch that was begun is finished even when the body turns out bad: interrupting it could cost
                // the session its connection.
                await session.StageAsync(batch, cancellationToken).ConfigureAwait(false);
                _free.Writer.TryWrite(batch.Array!);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool IsForeign(ProductExportRow row)
    {
        if (row.Product!.UserId is not { } seller)
        {
            return false;
        }

        _sellerId ??= seller;
        if (seller == _sellerId)
        {
            return false;
        }

        ForeignSeller = Fault(row, $"user_id is {seller}, the account's is {_sellerId}");
        return true;
    }

    private void CountCurrency(string currency, int rowIndex)
    {
        _firstCurrency ??= currency;
        if (ReferenceEquals(_firstCurrency, currency) || string.Equals(_firstCurrency, currency, StringComparison.Ordinal))
        {
            _firstCurrencyRows++;
            return;
        }

        if (!_rowsByCurrency.TryGetValue(currency, out var rows))
        {
            _rowsByCurrency[currency] = rows = [];
        }

        rows.Add(rowIndex);
    }

    private void Repeat(ProductExportRow row)
    {
        _hasRepeats = true;
        if (_repeats.Count < RepeatsKept)
        {
            var id = row.Product!.Id.Value;
            _repeats.TryAdd(id, Fault(row, $"id {id} stands in several rows that differ"));
        }
    }

    private void Reject(ProductExportRow row, string fault)
    {
        counters.Skipped++;
        _badRows = _badRows.Add(Fault(row, fault));
    }

    private RowFault Fault(ProductExportRow row, string text) =>
        new(row.Index, row.ByteOffset, _origin is null ? text : $"{text} ({_origin})");
}
