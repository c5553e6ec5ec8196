using RepoPortal.Server.Commands;

return await CommandLine.Create().Parse(args).InvokeAsync();
