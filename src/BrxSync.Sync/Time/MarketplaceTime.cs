namespace BrxSync.Sync.Time;

/// <summary>Our clock, and CardTrader's as we know it.</summary>
/// <param name="Local">Our clock: for waiting, and for when something was written.</param>
/// <param name="Marketplace">CardTrader's: for everything that is compared with what it says.</param>
internal sealed record MarketplaceTime(TimeProvider Local, MarketplaceClock Marketplace);
