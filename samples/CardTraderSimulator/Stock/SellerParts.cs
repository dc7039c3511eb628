using System.Globalization;
using System.Text;

namespace BrxSync.Simulator.Stock;

/// <summary>The pieces of an export row that are the same in all rows of a seller, as UTF-8.</summary>
internal sealed class SellerParts(long userId, string currency)
{
    public byte[] User { get; } = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"user_id\":{userId},\"graded\":"));

    public byte[] Currency { get; } = Encoding.UTF8.GetBytes($",\"price_currency\":\"{currency}\",\"game_id\":");
}
