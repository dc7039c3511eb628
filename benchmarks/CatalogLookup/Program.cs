using BrxSync.Benchmarks.CatalogLookup;

return await Measurements.RunAsync(args);
