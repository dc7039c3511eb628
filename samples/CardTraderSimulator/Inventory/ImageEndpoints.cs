using System.Globalization;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Inventory;

/// <summary>Pictures of products, by file or by address; the file wins when both are sent.</summary>
internal static class ImageEndpoints
{
    private const string FileField = "uploaded_image[image]";
    private const string AddressField = "uploaded_image[remote_image_url]";
    private const long LargestFile = 10 * 1024 * 1024;

    private static readonly string[] Types = [".jpg", ".jpeg", ".png", ".webp", ".heic"];

    public static void Map(ApiRoutes routes)
    {
        routes.Post("/products/{id:long}/upload_image", UploadAsync);
        routes.Delete("/products/{id:long}/upload_image", RemoveAsync);
    }

    private static async Task UploadAsync(ApiCall call)
    {
        var request = call.Context.Request;
        var form = request.HasFormContentType ? await request.ReadFormAsync(call.Aborted).ConfigureAwait(false) : null;
        var file = form?.Files.GetFile(FileField);
        var address = form?[AddressField].ToString();
        if (file is null && string.IsNullOrEmpty(address))
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, FileField).ConfigureAwait(false);
            return;
        }

        var name = file is null ? address! : UploadedFile.NameOf(file);
        if (!Types.Contains(Path.GetExtension(name).ToLowerInvariant(), StringComparer.Ordinal))
        {
            await ErrorAnswer.InvalidAsync(call.Context, ("image", "is not a jpg, jpeg, png, webp or heic file")).ConfigureAwait(false);
            return;
        }

        if (file?.Length > LargestFile)
        {
            await ErrorAnswer.InvalidAsync(call.Context, ("image", "is larger than 10 MB")).ConfigureAwait(false);
            return;
        }

        var image = call.Marketplace.NextId();
        var url = string.Create(CultureInfo.InvariantCulture, $"/uploads/products/image/{image}/{Path.GetFileName(name)}");
        await SetAsync(call, url, image).ConfigureAwait(false);
    }

    private static Task RemoveAsync(ApiCall call) => SetAsync(call, null, 0);

    private static Task SetAsync(ApiCall call, string? url, long image)
    {
        var changed = call.Seller.Stock.Change(
            ProductEndpoints.Id(call), product => product with { ImageUrl = url }, Stock.StockCause.Api, "upload_image");
        if (changed is null)
        {
            return ErrorAnswer.NotFoundAsync(call.Context, "Product not found");
        }

        call.Effect = string.Create(CultureInfo.InvariantCulture, $"image of {changed.Id}: {url ?? "none"}");
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            if (url is not null)
            {
                json.WriteNumber("id", image);
            }

            json.WriteEndObject();
        });
    }
}
