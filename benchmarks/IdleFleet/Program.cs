using BrxSync.Benchmarks.IdleFleet;

return await Measurements.RunAsync(args);
