using System.Text.Json.Serialization;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Scheduling;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>The JSON that stores keep in their columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(OperationDetail))]
[JsonSerializable(typeof(CursorState))]
[JsonSerializable(typeof(IReadOnlyList<StoredFinding>))]
[JsonSerializable(typeof(OrderReport))]
[JsonSerializable(typeof(IReadOnlyList<RequestKey>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(IReadOnlyList<StoredLook>))]
[JsonSerializable(typeof(IReadOnlyList<NewTrigger>))]
[JsonSerializable(typeof(IReadOnlyList<StoredBlueprint>))]
[JsonSerializable(typeof(IReadOnlyList<StoredPropertySet>))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;

/// <summary>What the state column of a cursor holds.</summary>
internal sealed record CursorState(IReadOnlyList<long> Expansions, IReadOnlyList<long> Blueprints, SnapshotReaderState Reader);

/// <summary>What the metadata column of an operation holds.</summary>
internal sealed record OperationDetail(SyncProgress? Progress, IReadOnlyList<string> Reasons);

/// <summary>A request for a read, as statements take many of them.</summary>
internal sealed record RequestKey(string Product, long Blueprint, long AskedAt);
