namespace BrxSync.Properties.Tests.Stock.Simulation;

internal sealed record MarketReportItem(long Id, long Source, long Product, int Quantity, long CreatedAt, bool IsDeleted);
