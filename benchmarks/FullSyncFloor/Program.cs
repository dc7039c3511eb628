using BrxSync.Benchmarks.FullSyncFloor;

// Measures full syncs against the floor: what reading, COPY and MERGE cost without an engine.
return args switch
{
    ["worker", "engine", var store, var address, var token] => await Worker.RunAsync(new EngineSync(store, address, token)),
    ["worker", "floor", var store, var address, var token] => await Worker.RunAsync(new FloorSync(store, address, token)),
    _ => await Comparison.RunAsync(args),
};
