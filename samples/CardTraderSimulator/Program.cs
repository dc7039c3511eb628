using CardTraderSimulator.Hosting;

return await SimulatorProgram.RunAsync(args);
