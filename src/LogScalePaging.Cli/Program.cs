using LogScalePaging.Cli;

using var interruption = new Interruption();
return await CommandLineApp.RunAsync(args, CliHost.OfProcess(interruption));
