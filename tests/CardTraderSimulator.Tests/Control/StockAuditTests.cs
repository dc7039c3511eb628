using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Tests.Control;

public sealed class StockAuditTests : SimulatorTest
{
    [Fact]
    public void Check_UnitsThatNobodySold_AreReported()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 1);
        Demo.Stock.TryTake(level.ProductId, 1, "a sale without an order");

        Host.CheckInvariants().Single().ShouldContain($"product {level.ProductId}");
    }

    [Fact]
    public void Check_UnitsPutBackWithoutAnOrder_AreReported()
    {
        var level = Demo.GetStock()[0];
        Demo.Stock.Relist(level.ProductId, 1, "nothing");

        Host.CheckInvariants().ShouldNotBeEmpty();
    }

    [Fact]
    public void Check_SaleEditAndRelisting_Balance()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 2);
        var order = Host.Orders.Place(Demo, level.ProductId, 2, OrderKind.Zero)!;
        Demo.SetQuantity(level.ProductId, 40);
        Host.Orders.Cancel(order, relist: true);

        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(42);
        Demo.GetMovements().Select(movement => movement.Cause).ShouldBe([StockCause.Sale, StockCause.Edit, StockCause.Relist]);
        Host.CheckInvariants().ShouldBeEmpty();
    }
}
