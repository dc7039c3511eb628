using System.Globalization;

namespace QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record QuickStartArguments
{
    public const int DefaultProducts = 10_000;

    private const int MaximumProducts = 10_000_000;

    public const string Help =
        """
        Connects a seller, synchronizes the whole stock, changes some products on the marketplace side and synchronizes again.
        Without options nothing but this program is needed: the marketplace is simulated, the stock is kept in a temporary file.

        dotnet run --project samples/QuickStart -- [options]

          --products N            how many products the simulated seller has (default 10000)
          --export FILE           take the simulated seller's products from the body of a products export
          --token T               use the real marketplace with this API token; nothing is changed there
          --postgres CONNECTION   keep the stock in this PostgreSQL database instead of a temporary file
          --help                  show this

        Exit code: 0 when the local stock equals the marketplace's at the end, 1 when it does not, 2 when an option is wrong.
        """;

    public int? Products { get; init; }

    public string? Export { get; init; }

    public string? Token { get; init; }

    public string? Postgres { get; init; }

    public bool ShowHelp { get; init; }

    /// <summary>Reads the command line; every fault is reported, none hides another.</summary>
    public static QuickStartArguments Parse(IReadOnlyList<string> arguments, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var result = new QuickStartArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (name is "--help" or "-h" or "-?")
            {
                result = result with { ShowHelp = true };
                continue;
            }

            if (name is not ("--products" or "--export" or "--token" or "--postgres"))
            {
                found.Add($"'{arguments[i]}' is not an option.");
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = arguments[++i];
            }

            if (string.IsNullOrWhiteSpace(value))
            {
                found.Add($"{name} needs a value.");
                continue;
            }

            result = result.With(name, value, found);
        }

        result.CheckTogether(found);
        faults = found;
        return result;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private QuickStartArguments With(string name, string value, List<string> faults)
    {
        switch (name)
        {
            case "--products" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is >= 1 and <= MaximumProducts:
                return this with { Products = count };
            case "--products":
                faults.Add($"--products is '{value}'; give a whole number from 1 to {MaximumProducts:N0}.");
                return this;
            case "--export" when !File.Exists(value):
                faults.Add($"--export names '{value}', which is not a file.");
                return this;
            case "--export":
                return this with { Export = value };
            case "--token":
                return this with { Token = value };
            default:
                return this with { Postgres = value };
        }
    }

    private void CheckTogether(List<string> faults)
    {
        if (Export is not null && Products is not null)
        {
            faults.Add("--export and --products exclude each other: the file says how many products there are.");
        }

        if (Token is not null && (Export is not null || Products is not null))
        {
            faults.Add("--token uses the real marketplace, --export and --products a simulated one: give one or the other.");
        }
    }
}
