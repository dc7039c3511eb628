using BrxSync.Client.Inventory;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>One readable row of an export, checked against the limits of the store.</summary>
/// <param name="Index">The position in the export, from 0; unique within a snapshot.</param>
/// <param name="Product">The product.</param>
/// <param name="ContentHash">A hash of what is descriptive: properties, description, private text, graded.</param>
/// <param name="MayCreate">
/// Whether a row that is not in the stock yet may be created. An existing row is compared and updated either way, and never looks missing.
/// </param>
internal readonly record struct SnapshotRow(int Index, Product Product, long ContentHash, bool MayCreate = true);
