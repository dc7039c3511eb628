namespace BrxSync.Client.Orders;

/// <summary>Says which side of an order the token's account is on.</summary>
public enum OrderRole
{
    /// <summary>The answer does not say, or says something this version does not know.</summary>
    Unknown = 0,

    /// <summary>The account sells.</summary>
    Seller = 1,

    /// <summary>The account buys. Such an order never touches the account's stock.</summary>
    Buyer = 2,
}
