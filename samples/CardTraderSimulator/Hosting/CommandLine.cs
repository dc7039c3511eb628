using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Limits;

namespace BrxSync.Simulator.Hosting;

/// <summary>The program's arguments.</summary>
internal sealed class CommandLine
{
    public const string HelpText = """
        A stand-in for the CardTrader marketplace.

          dotnet run --project samples/CardTraderSimulator -- [options]

          --port N                 loopback port; default: a free one
          --seller NAME[:TOKEN]    an account; may be given several times; default: demo
          --products N             generated products, 0 to 10,000,000; default: 1000
          --export FILE            a body of GET /products/export to start from, instead of generated products
          --webhook URL            where webhooks go; default: nowhere
          --seed N                 another set of generated products; default: 1
          --expansions FILE        a recorded body of GET /expansions to add; likewise --categories and --blueprints
          --limiter MODEL          none, fixed-window, sliding-log, sliding-log-counting-refusals, weighted-counter, bucket-200 or bucket-20;
                                   default: none
          --latency MS             how long a call, and again its answer, is on the way; default: 0
          --faults FILE            a JSON array of fault rules
          --skew SECONDS           by how much the marketplace's clock is wrong; default: 0
          --gzip LEVEL             none, fastest, optimal or smallest: how hard answers are compressed for those who ask; default: fastest
          --help                   this text

        --products, --export and --webhook belong to the --seller before them; given before the first --seller, to all.
        """;

    public bool Help { get; private set; }

    public CardTraderSimulatorOptions Options { get; } = new();

    public static CommandLine Parse(string[] args)
    {
        var line = new CommandLine();
        var template = new SellerOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (name is "--help" or "-h")
            {
                line.Help = true;
                continue;
            }

            if (!name.StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"{name} is no option, or its value is missing.");
            }

            line.Read(name, args[++i], template);
        }

        if (line.Options.Sellers.Count == 0)
        {
            line.Options.Sellers.Add(template);
        }

        return line;
    }

    private void Read(string name, string value, SellerOptions template)
    {
        switch (name)
        {
            case "--port":
                Options.Port = Number(name, value);
                break;
            case "--seller":
                Options.Sellers.Add(Seller(value, template));
                break;
            case "--products" or "--export" or "--webhook":
                ReadSeller(name, value, Options.Sellers.LastOrDefault() ?? template);
                break;
            case "--seed":
                Options.Seed = Number(name, value);
                break;
            case "--expansions":
                Options.ExpansionBodies.Add(File.ReadAllBytes(value));
                break;
            case "--categories":
                Options.CategoryBodies.Add(File.ReadAllBytes(value));
                break;
            case "--blueprints":
                Options.BlueprintBodies.Add(File.ReadAllBytes(value));
                break;
            case "--limiter":
                Options.Limiter = Enum.TryParse<LimiterModel>(
                    value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var model)
                    ? model
                    : throw new ArgumentException($"--limiter is {value}; --help lists the models.");
                break;
            case "--latency":
                Options.NetworkLatency = TimeSpan.FromMilliseconds(Number(name, value));
                break;
            case "--faults":
                ReadFaults(value);
                break;
            case "--skew":
                Options.ClockSkew = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture));
                break;
            case "--gzip":
                Options.GzipLevel = value switch
                {
                    "none" => CompressionLevel.NoCompression,
                    "fastest" => CompressionLevel.Fastest,
                    "optimal" => CompressionLevel.Optimal,
                    "smallest" => CompressionLevel.SmallestSize,
                    _ => throw new ArgumentException($"--gzip is {value}; give none, fastest, optimal or smallest."),
                };
                break;
            default:
                throw new ArgumentException($"{name} is no option.");
        }
    }

    private void ReadFaults(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var rule in FaultFile.Read(document.RootElement))
        {
            Options.Faults.Add(rule);
        }
    }

    private static void ReadSeller(string name, string value, SellerOptions seller)
    {
        switch (name)
        {
            case "--products":
                seller.Products = Number(name, value);
                break;
            case "--export":
                seller.Export = File.ReadAllBytes(value);
                break;
            default:
                seller.WebhookUrl = Address(name, value);
                break;
        }
    }

    private static SellerOptions Seller(string value, SellerOptions template)
    {
        var parts = value.Split(':', 2);
        return new SellerOptions
        {
            Name = parts[0],
            Token = parts.Length == 2 ? parts[1] : null,
            Products = template.Products,
            Export = template.Export,
            WebhookUrl = template.WebhookUrl,
        };
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} is {value}; give a number.");

    private static Uri Address(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
            ? address
            : throw new ArgumentException($"{name} is {value}; give an address.");
}
