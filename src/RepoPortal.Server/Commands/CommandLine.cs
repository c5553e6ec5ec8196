using System.CommandLine;

namespace RepoPortal.Server.Commands;

/// <summary>The product's command line: a table of contents.</summary>
internal static class CommandLine
{
    /// <summary>The data directory; every command takes it, before or after its own arguments.</summary>
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory (default: RepoPortal:DataDirectory, else ./data).",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>All commands.</summary>
    public static RootCommand Create() => new("RepoPortal: Subversion hosting whose service tier is a promise that the system keeps by itself.")
    {
        Data,
        ServeCommand.Create(),
        UserCommands.Create(),
        TokenCommands.Create(),
        RepositoryCommands.Create(),
        TierCommands.Create(),
        BackupCommands.Create(),
        BackupCommands.CreateDrill(),
        RestoreCommand.Create(),
        PolicyCommands.Create(),
        AuditCommands.Create(),
    };
}
