using BrxSync.Benchmarks.WebhookApply;

return await Measurements.RunAsync(args);
