using BrxSync.Benchmarks.SharedLimiter;

return args is ["worker", .. var rest] ? await Worker.RunAsync(rest) : await Measurements.RunAsync(args);
