using System.Globalization;
using SecondShop;

// dotnet run --project samples/SecondShop [-- how many sales [milliseconds between them]]
var sales = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40;
var pause = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50;
Console.WriteLine("Selling the same stock at CardTrader and in the shop...");
var figures = await SecondShopDemo.RunAsync(sales, seed: 1, TimeSpan.FromMilliseconds(pause), CancellationToken.None);
Console.WriteLine($"Both offered {figures.Before} copies.");
Console.WriteLine($"Sold at CardTrader: {figures.AtCardTrader}. Sold in the shop: {figures.InTheShop}.");
Console.WriteLine($"Taken back by the shop as it was booked: {figures.Refunded}.");
Console.WriteLine($"Sold on both sides before either knew: {figures.SoldTwice}.");
Console.WriteLine($"Both offer {figures.After} copies again.");
