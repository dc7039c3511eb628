using System.Globalization;

namespace BrxSync.Simulator.Orders;

/// <summary>Somebody at the other end of an order. All persons are invented.</summary>
/// <param name="Id">The account id.</param>
/// <param name="Username">The user name.</param>
internal sealed record OrderParty(long Id, string Username)
{
    private const long FirstInventedBuyer = 9_600_000;

    /// <summary>Gets the marketplace's own account, the buyer of every sale over CardTrader Zero.</summary>
    public static OrderParty Hub { get; } = new(34_089, "CT Connect");

    public string Email => this == Hub ? "hub@example.com" : $"{Username}@example.com";

    public string Phone => this == Hub ? "+390000000000" : string.Create(CultureInfo.InvariantCulture, $"+39{Id % 10_000_000_000:D10}");

    public static OrderParty Of(SimulatedSeller seller) => new(seller.UserId, seller.Name);

    public static OrderParty Invented(long number)
    {
        var place = number % 1_000;
        return new(FirstInventedBuyer + place, string.Create(CultureInfo.InvariantCulture, $"invented_buyer_{place}"));
    }
}
