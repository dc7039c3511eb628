using System.Globalization;
using SecondShop;

// dotnet run --project samples/SecondShop [-- how many sales]
var sales = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40;
return await SecondShopDemo.RunAsync(Console.Out, sales, seed: 1, CancellationToken.None);
