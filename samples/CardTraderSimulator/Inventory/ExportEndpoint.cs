using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Stock;
using Microsoft.Net.Http.Headers;

namespace BrxSync.Simulator.Inventory;

/// <summary><c>GET /products/export</c>: one unpaginated array, streamed, or the few rows of a blueprint or an expansion.</summary>
internal static class ExportEndpoint
{
    private static readonly StreamPipeWriterOptions GzipPipe = new(minimumBufferSize: 128 * 1024, leaveOpen: true);

    public static void Map(ApiRoutes routes) => routes.Get("/products/export", ExportAsync);

    private static Task ExportAsync(ApiCall call)
    {
        var blueprint = Id(call, "blueprint_id");
        var expansion = Id(call, "expansion_id");
        return blueprint is null && expansion is null ? AllAsync(call) : FilteredAsync(call, blueprint, expansion);
    }

    private static Task FilteredAsync(ApiCall call, long? blueprint, long? expansion)
    {
        var catalog = call.Marketplace.Catalog;
        IEnumerable<long> blueprints = blueprint is { } one
            ? [one]
            : catalog.BlueprintsOf((int)Math.Clamp(expansion!.Value, 0, int.MaxValue)).Select(found => found.Id);
        if (blueprint is { } filtered && expansion is { } within && catalog.ExpansionOf(filtered) != within)
        {
            blueprints = [];
        }

        return call.AnswerListAsync(
            blueprints.SelectMany(call.Seller.Stock.OfBlueprint).Take(call.Rows.Rows),
            (json, product) =>
            {
                if (product.Raw is { } raw)
                {
                    json.WriteRawValue(raw.Span, skipInputValidation: true);
                }
                else
                {
                    ProductJson.WriteExportRow(json, product, call.Seller.UserId);
                }
            });
    }

    private static async Task AllAsync(ApiCall call)
    {
        var response = call.Context.Response;
        response.ContentType = "application/json; charset=utf-8";
        var rows = call.ExportFrom ?? call.Seller.Stock.Live();
        if (!JsonAnswer.AcceptsGzip(call.Context.Request))
        {
            await WriteAsync(call, response.BodyWriter, rows).ConfigureAwait(false);
            return;
        }

        response.Headers[HeaderNames.ContentEncoding] = "gzip";
        var zip = new GZipStream(response.Body, call.Marketplace.Options.GzipLevel, leaveOpen: true);
        await using (zip.ConfigureAwait(false))
        {
            var pipe = PipeWriter.Create(zip, GzipPipe);
            await WriteAsync(call, pipe, rows).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(ApiCall call, PipeWriter target, ExportRows rows)
    {
        if (call.Seller.ExportBody is { } body)
        {
            await target.WriteAsync(body, call.Aborted).ConfigureAwait(false);
            return;
        }

        await ExportBodyWriter.WriteAsync(target, call.Seller, rows, call.Rows, call.Aborted).ConfigureAwait(false);
        call.Effect = string.Create(CultureInfo.InvariantCulture, $"{rows.Written} rows");
    }

    /// <summary>Reads a filter; one that is no number finds nothing instead of everything.</summary>
    private static long? Id(ApiCall call, string name) => call.Query(name) switch
    {
        null or "" => null,
        var text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0,
    };
}
