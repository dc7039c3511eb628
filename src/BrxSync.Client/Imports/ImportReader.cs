using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Imports;

/// <summary>Reads what is answered about imports.</summary>
internal static class ImportReader
{
    public static ImportReceipt ReadReceipt(JsonElement element)
    {
        var receipt = new TolerantObject(element, "import");
        if (receipt.Complaints("errors") is { Count: > 0 } faults)
        {
            // Seen with a success status too: "Another synchronization is in progress".
            throw new JsonException(string.Join("; ", faults));
        }

        return new ImportReceipt
        {
            Id = receipt.RequireId<ImportId>("id"),
            FileName = receipt.Text("csv_filename"),
            FileSize = receipt.Integer("csv_size"),
            ExtensionData = receipt.Rest,
            Faults = receipt.Faults,
        };
    }

    public static ImportStatus ReadStatus(JsonElement element, ImportId id)
    {
        var status = new TolerantObject(element, "import");
        return new ImportStatus
        {
            Id = status.Id<ImportId>("id") ?? id,
            Count = status.Count("count"),
            ImportedCount = status.Count("imported_count"),
            SkippedCount = status.Count("skipped_count"),
            CreateCount = status.Count("create_count"),
            UpdateCount = status.Count("update_count"),
            DeleteCount = status.Count("delete_count"),
            Error = status.Text("error"),
            StartedAt = status.Time("sync_started_at"),
            EndedAt = status.Time("sync_ended_at"),
            FileName = status.Text("csv_filename"),
            FileSize = status.Integer("csv_size"),
            ExtensionData = status.Rest,
            Faults = status.Faults,
        };
    }
}
