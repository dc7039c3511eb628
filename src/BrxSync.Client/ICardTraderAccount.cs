using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client;

/// <summary>The CardTrader API as seen with the token of one seller, grouped by area.</summary>
public interface ICardTraderAccount
{
    /// <summary>Gets the calls about the API application and its owner.</summary>
    IAccountApi Account { get; }

    /// <summary>Gets the calls about games, expansions, categories and blueprints.</summary>
    ICatalogApi Catalog { get; }

    /// <summary>Gets the calls about the seller's own products.</summary>
    IInventoryApi Inventory { get; }

    /// <summary>Gets the calls about what others sell, the cart and shipping methods.</summary>
    IMarketplaceApi Marketplace { get; }

    /// <summary>Gets the calls about jobs, and bulk runs of any size.</summary>
    IJobsApi Jobs { get; }

    /// <summary>Gets the calls about CSV imports.</summary>
    IImportsApi Imports { get; }

    /// <summary>Gets the calls about orders.</summary>
    IOrdersApi Orders { get; }

    /// <summary>Gets the calls about wishlists.</summary>
    IWishlistsApi Wishlists { get; }

    /// <summary>Gives the same account with an observer that is told of every answer to its calls.</summary>
    /// <remarks>
    /// <para>
    /// The observer is told on the flow of the call, before the body is read, once for every answer that stands: a success and a refusal
    /// (such as the 404 behind a <c>Find</c> that returns <see langword="null"/>) alike. It is not told of attempts that were repeated, nor
    /// of a call that ended without an answer. A call made of several requests, such as a stream of pages or a bulk run, tells it of each.
    /// </para>
    /// <para>
    /// Observers that this account has already are told too, before this one. Calls that run at the same time tell it at the same time.
    /// What it throws reaches the caller in place of the answer, although CardTrader may have executed the call.
    /// </para>
    /// </remarks>
    /// <param name="observer">Is told when each answer was given. It should be quick and must not throw.</param>
    /// <returns>A cheap, thread-safe handle; this one stays as it is.</returns>
    ICardTraderAccount WithAnswerObserver(Action<AnswerTime> observer);

    /// <summary>Gives the same account with a condition under which its requests may leave.</summary>
    /// <remarks>
    /// <para>
    /// For whoever may call for a limited time only, such as a process that holds a lease on some work: it may be stopped at any instant,
    /// and go on when the lease is another's. The condition is asked for every attempt after all waiting, and where there is a body again
    /// when the connection stands, as the last thing before it is written. If it says no, nothing is sent, and the call fails with a
    /// <see cref="Errors.CardTraderException"/> that is transient; whether an earlier attempt was executed is told as usual.
    /// </para>
    /// <para>Conditions that this account has already hold too. Calls that run at the same time ask it at the same time.</para>
    /// </remarks>
    /// <param name="maySend">Says whether a request may leave now. It should be quick and must not throw.</param>
    /// <returns>A cheap, thread-safe handle; this one stays as it is.</returns>
    ICardTraderAccount WithSendCondition(Func<bool> maySend);
}
