using BrxSync.Benchmarks.BulkEdits;

return await Measurements.RunAsync(args);
