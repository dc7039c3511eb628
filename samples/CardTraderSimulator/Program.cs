using BrxSync.Simulator.Hosting;

return await SimulatorProgram.RunAsync(args);
