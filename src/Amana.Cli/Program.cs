using Amana.Cli;

return await AmanaCommand.Run(args);
