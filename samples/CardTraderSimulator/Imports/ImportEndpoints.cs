using System.Globalization;
using System.Text;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Inventory;

namespace BrxSync.Simulator.Imports;

/// <summary>CSV imports: upload, progress, refused rows as CSV text.</summary>
internal static class ImportEndpoints
{
    private const string ModeField = "replace_stock_or_add_to_stock";

    public static void Map(ApiRoutes routes)
    {
        routes.Post("/product_imports", SubmitAsync);
        routes.Get("/product_imports/{id:long}", GetAsync);
        routes.Get("/product_imports/{id:long}/skipped", SkippedAsync);
    }

    private static async Task SubmitAsync(ApiCall call)
    {
        var request = call.Context.Request;
        var form = request.HasFormContentType ? await request.ReadFormAsync(call.Aborted).ConfigureAwait(false) : null;
        var file = form?.Files.GetFile("csv");
        var missing = file is null ? "csv"
            : ((string[])["game_id", ModeField, "column_names"]).FirstOrDefault(field => string.IsNullOrEmpty(form![field].ToString()));
        if (missing is not null)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, missing).ConfigureAwait(false);
            return;
        }

        var mode = form![ModeField].ToString();
        if (mode is not ("replace_stock" or "add_to_stock")
            || !int.TryParse(form["game_id"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var game))
        {
            var unknown = mode is "replace_stock" or "add_to_stock" ? "game_id" : ModeField;
            await ErrorAnswer.InvalidAsync(call.Context, (unknown, "is not known")).ConfigureAwait(false);
            return;
        }

        var name = UploadedFile.NameOf(file!);
        if (!name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            await ErrorAnswer.InvalidAsync(call.Context, ("csv", "is not a csv file")).ConfigureAwait(false);
            return;
        }

        // A byte order mark stays what it is: a part of the first cell.
        using var reader = new StreamReader(file!.OpenReadStream(), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        var csv = await reader.ReadToEndAsync(call.Aborted).ConfigureAwait(false);
        var (rows, lines) = CsvFile.Read(csv, form["column_names"].ToString().Split('|'));
        var import = new CsvImport(call.Marketplace.NextId(), call.Seller, game, mode == "replace_stock", name, file.Length)
        {
            Rows = rows,
            Lines = lines,
            Strict = form["error_mode"].ToString() == "strict",
        };
        if (!call.Marketplace.Imports.TrySubmit(import))
        {
            await call.AnswerAsync(WriteBusy, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        call.Effect = string.Create(CultureInfo.InvariantCulture, $"import {import.Id}: {mode} {rows.Count} rows of game {game}");
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", import.Id);
            json.WriteString("csv_filename", import.FileName);
            json.WriteNumber("csv_size", import.FileSize);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static Task GetAsync(ApiCall call)
    {
        if (call.Marketplace.Imports.Find(call.Seller, ProductEndpoints.Id(call)) is not { } import)
        {
            return ErrorAnswer.NotFoundAsync(call.Context, "Import not found");
        }

        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", import.Id);
            json.WriteNumber("count", import.Rows.Count);
            json.WriteNumber("imported_count", import.Imported);
            json.WriteNumber("skipped_count", import.Skipped.Count);
            json.WriteNumber("create_count", import.Created);
            json.WriteNumber("update_count", import.Updated);
            json.WriteNumber("delete_count", import.Deleted);
            json.WriteNull("error");
            Timestamps.Write(json, "sync_started_at", import.StartedAt);
            Timestamps.Write(json, "sync_ended_at", import.EndedAt);
            json.WriteString("csv_filename", import.FileName);
            json.WriteNumber("csv_size", import.FileSize);
            json.WriteEndObject();
        });
    }

    private static async Task SkippedAsync(ApiCall call)
    {
        if (call.Marketplace.Imports.Find(call.Seller, ProductEndpoints.Id(call)) is not { } import)
        {
            await ErrorAnswer.NotFoundAsync(call.Context, "Import not found").ConfigureAwait(false);
            return;
        }

        call.Context.Response.ContentType = "text/csv; charset=utf-8";
        var lines = string.Concat(import.Skipped.Select(line => line + "\n"));
        await call.Context.Response.WriteAsync(lines, call.Aborted).ConfigureAwait(false);
    }

    private static void WriteBusy(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("scheduler", "Another synchronization is in progress. Please wait for it to end.");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
