using BrxSync.Client.Errors;

namespace BrxSync.Client.Inventory;

/// <summary>A picture to upload: jpg, jpeg, png, webp or heic, at most 10 MB. It is streamed, never held in memory as a whole.</summary>
public sealed class ImageUpload
{
    /// <summary>The largest picture CardTrader takes, in bytes.</summary>
    public const long MaxBytes = 10 * 1024 * 1024;

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".png"] = "image/png", [".webp"] = "image/webp", [".heic"] = "image/heic",
    };

    private readonly Func<Stream> _open;

    /// <summary>Describes a picture that can be opened again, should the call have to be repeated.</summary>
    /// <param name="fileName">The name of the file; its extension tells the type.</param>
    /// <param name="length">The size in bytes.</param>
    /// <param name="open">Opens the picture at its beginning. Called once for each attempt; the stream is disposed after it.</param>
    public ImageUpload(string fileName, long length, Func<Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        ArgumentNullException.ThrowIfNull(open);
        FileName = Path.GetFileName(fileName);
        Length = length;
        _open = open;
    }

    /// <summary>Gets the name of the file, without folders.</summary>
    public string FileName { get; }

    /// <summary>Gets the size in bytes.</summary>
    public long Length { get; }

    internal string MediaType => MediaTypes.GetValueOrDefault(Path.GetExtension(FileName), "application/octet-stream");

    /// <summary>Describes a picture in a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ImageUpload FromFile(string path) => new(path, new FileInfo(path).Length, () => File.OpenRead(path));

    internal Stream Open() => _open();

    internal void Check(List<CardTraderFault> faults)
    {
        if (!MediaTypes.ContainsKey(Path.GetExtension(FileName)))
        {
            faults.Add(new CardTraderFault(
                "image", $"{FileName} is of a type CardTrader does not take; use {string.Join(", ", MediaTypes.Keys)}."));
        }

        if (Length is < 1 or > MaxBytes)
        {
            faults.Add(new CardTraderFault("image", $"{FileName} has {Length} bytes; pictures have 1 to {MaxBytes}."));
        }
    }
}
