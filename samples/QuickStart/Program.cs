using QuickStart;

return await QuickStartProgram.RunAsync(args, Console.Out, Console.Error, terminal: !Console.IsOutputRedirected);
