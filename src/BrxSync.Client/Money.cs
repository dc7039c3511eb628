using System.Globalization;

namespace BrxSync.Client;

/// <summary>An amount of money in minor units, so that nothing is ever rounded.</summary>
/// <param name="Cents">The amount in hundredths of the currency; may be negative (for example a cancelled price).</param>
/// <param name="Currency">The ISO 4217 code of the currency, for example <c>EUR</c>.</param>
public readonly record struct Money(long Cents, string Currency)
{
    /// <summary>Gets the amount in whole units of the currency.</summary>
    /// <value>For example <c>0.25</c> for 25 cents; always exact.</value>
    public decimal Amount => Cents / 100m;

    /// <summary>Returns the amount with two decimals and the currency, for example <c>0.25 EUR</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:0.00} {Currency}");
}
