using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Imports;

internal sealed class ImportsApi(AccountSender sender) : IImportsApi
{
    public Task<ImportReceipt> StartAsync(CsvImport import, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(import);
        var mode = import.Mode == CsvImportMode.ReplaceStock ? "replace_stock" : "add_to_stock";

        // Replacing twice gives the same stock, but a sale between the two would be undone: neither is ever repeated.
        var call = ApiCall.Post("/product_imports", "product_imports", OperationClass.NonRepeatableWrite) with
        {
            Content = () =>
            {
                var form = UploadForm.Create()
                    .WithText("game_id", import.GameId.Value.ToString(CultureInfo.InvariantCulture))
                    .WithText("replace_stock_or_add_to_stock", mode)
                    .WithText("column_names", string.Join('|', import.Columns));
                if (import.Strict)
                {
                    form.WithText("error_mode", "strict");
                }

                return form.WithFile("csv", import.FileName, "text/csv", import.Open, length: null, CsvText.CopyAsync);
            },
        };
        sender.ThrowIfInvalid(call, FindFaults(import));
        return sender.ReadAsync(call, ReadReceipt, cancellationToken);
    }

    public Task<ImportStatus> GetAsync(ImportId import, CancellationToken cancellationToken = default) =>
        sender.ReadAsync(
            ApiCall.Get("/product_imports/{id}", $"product_imports/{import}"), answer => ReadStatus(answer, import), cancellationToken);

    public Task<string> GetSkippedRowsAsync(ImportId import, CancellationToken cancellationToken = default) =>
        sender.ReadTextAsync(ApiCall.Get("/product_imports/{id}/skipped", $"product_imports/{import}/skipped"), cancellationToken);

    private static List<CardTraderFault> FindFaults(CsvImport import)
    {
        var faults = new List<CardTraderFault>();
        if (import.GameId.Value <= 0)
        {
            faults.Add(new CardTraderFault("game_id", $"{import.GameId} is not an id; ids are positive."));
        }

        if (!Enum.IsDefined(import.Mode))
        {
            faults.Add(new CardTraderFault("replace_stock_or_add_to_stock", $"{import.Mode} is not a mode."));
        }

        if (!import.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(new CardTraderFault("csv", $"The name \"{import.FileName}\" does not end with .csv."));
        }

        CsvColumns.Check(import.Columns, faults);
        return faults;
    }

    internal static ImportReceipt ReadReceipt(JsonElement element)
    {
        var receipt = TolerantObject.Require(element, "import");
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

    internal static ImportStatus ReadStatus(JsonElement element, ImportId id)
    {
        var status = TolerantObject.Require(element, "import");
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
