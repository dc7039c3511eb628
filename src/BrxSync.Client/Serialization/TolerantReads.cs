using System.Runtime.InteropServices;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Serialization;

/// <summary>Reads values of the kinds that CardTrader uses, some of which take more than one key or come in more than one form.</summary>
internal static class TolerantReads
{
    private const string Amount = "an amount of money with its currency";

    /// <summary>Reads a whole number.</summary>
    public static long? Integer(this ref TolerantObject value, string name) =>
        value.Value(name, "a whole number", TolerantElement.Integer);

    /// <summary>Reads a whole number that fits 32 bits.</summary>
    public static int? Count(this ref TolerantObject value, string name) => value.Value<int>(
        name,
        "a whole number of 32 bits",
        static element => TolerantElement.Integer(element) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null);

    /// <summary>Reads a positive id.</summary>
    public static TId? Id<TId>(this ref TolerantObject value, string name)
        where TId : struct, IEntityId<TId> => value.Value(name, "an id", TolerantElement.Id<TId>);

    /// <summary>Reads a decimal number.</summary>
    public static decimal? Decimal(this ref TolerantObject value, string name) =>
        value.Value(name, "a decimal number", TolerantElement.Decimal);

    /// <summary>Reads a boolean, also when written as text or as 0 or 1.</summary>
    public static bool? Flag(this ref TolerantObject value, string name) => value.Value(name, "a boolean", TolerantElement.Flag);

    /// <summary>Reads a moment; one without an offset is in UTC.</summary>
    public static DateTimeOffset? Time(this ref TolerantObject value, string name) =>
        value.Value(name, "a moment", TolerantElement.Time);

    /// <summary>Reads <c>graded</c> with the text it was written as, if it was a text or number.</summary>
    public static (bool Graded, string? Raw) Graded(this ref TolerantObject value, string name)
    {
        var element = value.Peek(name);
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            value.Drop(name);
            return (element.ValueKind == JsonValueKind.True, null);
        }

        var raw = value.StoredWords(name);
        return (raw is not (null or "" or "0") && !"false".Equals(raw, StringComparison.OrdinalIgnoreCase), raw);
    }

    /// <summary>Reads a money object. One that says more than the amount is kept whole, too.</summary>
    public static Money? Money(this ref TolerantObject value, string name)
    {
        if (value.FindValue(name) is not { } element)
        {
            return null;
        }

        var money = ReadMoney(element);
        if (money is null)
        {
            value.BlameKind(name, element, Amount);
        }
        else if (HoldsOnlyMoney(element))
        {
            value.Drop(name);
        }

        return money;
    }

    /// <summary>Reads an array of money objects.</summary>
    public static IReadOnlyList<Money> Moneys(this ref TolerantObject value, string name) => value.List(
        name,
        static element => ReadMoney(element) ?? throw new JsonException(TolerantElement.Unlike(element, Amount)),
        HoldsOnlyMoney) ?? [];

    /// <summary>Reads an array of whole numbers.</summary>
    public static IReadOnlyList<long> Integers(this ref TolerantObject value, string name) => value.List(
        name,
        static element => TolerantElement.Integer(element)
            ?? throw new JsonException(TolerantElement.Unlike(element, "a whole number"))) ?? [];

    /// <summary>Reads an array of ids.</summary>
    public static IReadOnlyList<TId> Ids<TId>(this ref TolerantObject value, string name)
        where TId : struct, IEntityId<TId> => value.List(
            name,
            static element => TolerantElement.Id<TId>(element) ?? throw new JsonException(TolerantElement.Unlike(element, "an id"))) ?? [];

    /// <summary>Reads money as a pair of keys, unless it was read as an object already; a pair that says something else is kept.</summary>
    public static Money? MoneyPair(this ref TolerantObject value, string centsName, string currencyName, Money? read)
    {
        var (cents, currency) = (value.FindValue(centsName), value.FindValue(currencyName));
        if (cents is null && currency is null)
        {
            return read;
        }

        var pair = cents is { } number && TolerantElement.Integer(number) is { } amount
            && currency is { ValueKind: JsonValueKind.String } code && TolerantElement.Text(code) is { } text
                ? new Money(amount, text)
                : (Money?)null;
        if (pair is null)
        {
            value.Blame(centsName, $"It is no amount of money together with {currencyName}.");
        }
        else if (read is null || read == pair)
        {
            value.Drop(centsName);
            value.Drop(currencyName);
        }

        return read ?? pair;
    }

    /// <summary>Reads properties under the first of two names that holds an object; what else the other name holds is kept.</summary>
    public static ProductProperties Properties(this ref TolerantObject value, string name, string otherName)
    {
        ProductProperties? properties = null;
        foreach (var key in (ReadOnlySpan<string>)[name, otherName])
        {
            if (value.FindValue(key) is not { } element)
            {
                continue;
            }

            if (element.ValueKind != JsonValueKind.Object || !ProductProperties.HoldsOnlyText(JsonMarshal.GetRawUtf8Value(element)))
            {
                value.BlameKind(key, element, "an object of valid texts");
                continue;
            }

            var read = ProductProperties.FromVerified(JsonMarshal.GetRawUtf8Value(element));
            if (properties is null || properties.Equals(read))
            {
                properties = read;
                value.Drop(key);
            }
        }

        return properties ?? ProductProperties.Empty;
    }

    /// <summary>Flattens <c>errors</c> or <c>warnings</c>.</summary>
    public static IReadOnlyList<CardTraderFault> Complaints(this ref TolerantObject value, string name)
    {
        var complaints = FaultList.Flatten(value.Peek(name), out var isWhole);
        if (isWhole)
        {
            value.Drop(name);
        }
        else
        {
            value.Blame(name, "It holds a text that is not valid Unicode.");
        }

        return complaints;
    }

    private static Money? ReadMoney(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var money = new TolerantObject(element, "money");
        return money.MoneyPair("cents", "currency", null);
    }

    private static bool HoldsOnlyMoney(JsonElement money) => money.GetPropertyCount() == 2;
}
