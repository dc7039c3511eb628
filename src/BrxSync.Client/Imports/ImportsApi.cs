using System.Globalization;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Imports;

internal sealed class ImportsApi(IImportsEndpoints endpoints) : IImportsApi
{
    public Task<ImportReceipt> StartAsync(CsvImport import, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(import);
        CallErrors.ThrowIfInvalid(HttpMethod.Post, IImportsEndpoints.AllRoute, FindFaults(import));
        var form = UploadForm.Create()
            .WithText("game_id", import.GameId.Value.ToString(CultureInfo.InvariantCulture))
            .WithText(
                "replace_stock_or_add_to_stock", import.Mode == CsvImportMode.ReplaceStock ? "replace_stock" : "add_to_stock")
            .WithText("column_names", string.Join('|', import.Columns));
        if (import.Strict)
        {
            form.WithText("error_mode", "strict");
        }

        form.WithFile("csv", import.FileName, "text/csv", import.Open, length: null, CsvText.CopyAsync);
        return endpoints.StartAsync(form, cancellationToken);
    }

    public async Task<ImportStatus> GetAsync(ImportId import, CancellationToken cancellationToken = default)
    {
        var answer = await endpoints.GetAsync(import.Value, cancellationToken).ConfigureAwait(false);
        return answer.Read(status => ImportReader.ReadStatus(status, import));
    }

    public async Task<string> GetSkippedRowsAsync(ImportId import, CancellationToken cancellationToken = default)
    {
        var response = await StreamedResponse.OpenAsync(
            endpoints.GetSkippedRowsAsync(import.Value, cancellationToken: cancellationToken)).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var body = new GuardedStream(response);
            await using (body.ConfigureAwait(false))
            {
                await body.PeekAsync(cancellationToken).ConfigureAwait(false);
                using var reader = new StreamReader(body);
                return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

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
}
