using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Jobs;

/// <summary>
/// A bulk create, update or delete of any size, with all that is needed to go on after a failure: pass it to
/// <see cref="IJobsApi.RunAsync"/> again, or <see cref="Resume(BulkBatch)"/> batches that were stored and run it in another process.
/// </summary>
/// <remarks>Not safe for concurrent use: one run at a time.</remarks>
public sealed class BulkRun
{
    private readonly BulkBatch[] _batches;
    private readonly BulkItemResult[] _results;

    private BulkRun(BulkItems items, BulkOptions? options)
    {
        Options = options ?? new BulkOptions();
        Options.ThrowIfInvalid(nameof(options));
        Items = items;
        _results =
        [
            .. Enumerable.Range(0, items.Count).Select(static index => new BulkItemResult { Index = index, Outcome = BulkOutcome.Pending }),
        ];
        _batches = [.. Enumerable.Range(0, items.Count).Chunk(Options.BatchSize)
            .Select(static chunk => new BulkBatch(chunk[0], chunk.Length, BulkBatchState.Waiting))];
    }

    /// <summary>Gets what the run does.</summary>
    public BulkKind Kind => Items.Kind;

    /// <summary>Gets how the run works.</summary>
    public BulkOptions Options { get; }

    /// <summary>Gets the batches, in the order of the elements.</summary>
    public IReadOnlyList<BulkBatch> Batches => _batches;

    /// <summary>Gets what became of each element so far, in the order of the list that the run was made of.</summary>
    public IReadOnlyList<BulkItemResult> Results => _results;

    /// <summary>Gets a value indicating whether every element has its verdict.</summary>
    public bool IsSettled => _batches.All(static batch => batch.State == BulkBatchState.Settled);

    internal BulkItems Items { get; }

    /// <summary>Prepares a run that offers products.</summary>
    /// <param name="products">The products; do not change the list while the run lives.</param>
    /// <param name="options">How to work; <see langword="null"/> for the defaults.</param>
    /// <returns>The run; nothing is sent yet.</returns>
    public static BulkRun Create(IReadOnlyList<NewProduct> products, BulkOptions? options = null) => new(BulkItems.Of(products), options);

    /// <summary>Prepares a run that changes products, each at most once.</summary>
    /// <param name="changes">The changes; do not change the list while the run lives.</param>
    /// <param name="options">How to work; <see langword="null"/> for the defaults.</param>
    /// <returns>The run; nothing is sent yet.</returns>
    public static BulkRun Update(IReadOnlyList<ProductChange> changes, BulkOptions? options = null) => new(BulkItems.Of(changes), options);

    /// <summary>Prepares a run that removes products.</summary>
    /// <param name="products">The products; do not change the list while the run lives.</param>
    /// <param name="options">How to work; <see langword="null"/> for the defaults.</param>
    /// <returns>The run; nothing is sent yet.</returns>
    public static BulkRun Delete(IReadOnlyList<ProductId> products, BulkOptions? options = null) => new(BulkItems.Of(products), options);

    /// <summary>
    /// Puts a batch back into the state it was stored in. Call it before the first run, with the same list and batch size as then.
    /// </summary>
    /// <remarks>
    /// A batch stored as being handed in is in doubt if it creates products; otherwise it is handed in again, which changes nothing more.
    /// A settled batch is not sent again; its results are not known any more and stay pending.
    /// </remarks>
    /// <param name="batch">The batch as <see cref="BulkOptions.BatchChanged"/> reported it.</param>
    /// <exception cref="ArgumentException">The run has no such batch.</exception>
    public void Resume(BulkBatch batch)
    {
        var index = Array.FindIndex(_batches, own => own.Offset == batch.Offset && own.Count == batch.Count);
        if (index < 0)
        {
            throw new ArgumentException($"The run has no batch of {batch.Count} elements at {batch.Offset}.", nameof(batch));
        }

        _batches[index] = batch.State == BulkBatchState.Submitting && Kind != BulkKind.Create
            ? batch with { State = BulkBatchState.Waiting }
            : batch;
        if (batch.State == BulkBatchState.Submitting && Kind == BulkKind.Create)
        {
            Doubt(index, "The process ended while the batch was handed in.");
        }
    }

    internal BulkBatch Set(int index, BulkBatch batch) => _batches[index] = batch;

    /// <summary>Settles a batch by the verdicts of its job.</summary>
    internal void Settle(int index, Job job)
    {
        var batch = _batches[index];
        var verdicts = job.Results.GroupBy(static result => result.Index)
            .ToDictionary(static group => group.Key, static group => group.ToList());
        for (var i = 0; i < batch.Count; i++)
        {
            _results[batch.Offset + i] = verdicts.TryGetValue(i, out var found) && found.Count == 1
                ? Judge(batch.Offset + i, found[0], job.Id)
                : Doubtful(
                    batch.Offset + i,
                    job.Id,
                    verdicts.ContainsKey(i) ? "The job names the element more than once." : "The job says nothing about the element.");
        }

        _batches[index] = batch with { State = BulkBatchState.Settled };
    }

    /// <summary>Settles a batch that was refused as a whole.</summary>
    internal void Refuse(int index, IReadOnlyList<CardTraderFault> errors)
    {
        var batch = _batches[index];
        for (var i = batch.Offset; i < batch.Offset + batch.Count; i++)
        {
            _results[i] = new BulkItemResult { Index = i, Outcome = BulkOutcome.Error, Errors = errors, JobId = batch.JobId };
        }

        _batches[index] = batch with { State = BulkBatchState.Settled };
    }

    /// <summary>Settles a batch of which nobody knows what became.</summary>
    internal void Doubt(int index, string why)
    {
        var batch = _batches[index];
        for (var i = batch.Offset; i < batch.Offset + batch.Count; i++)
        {
            _results[i] = Doubtful(i, batch.JobId, why);
        }

        _batches[index] = batch with { State = BulkBatchState.Settled };
    }

    private static BulkItemResult Doubtful(int index, JobId? job, string why) =>
        new() { Index = index, Outcome = BulkOutcome.InDoubt, JobId = job, Errors = [new CardTraderFault(string.Empty, why)] };

    private static BulkItemResult Judge(int index, JobElementResult verdict, JobId job) => new()
    {
        Index = index,
        Outcome = verdict.Result switch
        {
            "ok" => BulkOutcome.Ok,
            "warning" => BulkOutcome.Warning,
            "error" => BulkOutcome.Error,
            _ => BulkOutcome.InDoubt,
        },
        ProductId = verdict.ProductId,
        Errors = verdict.Errors,
        Warnings = verdict.Warnings,
        JobId = job,
    };
}
