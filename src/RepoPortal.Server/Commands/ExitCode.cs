namespace RepoPortal.Server.Commands;

/// <summary>What a command says to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Done = 0;

    /// <summary>Not done: a sentence on standard error says why.</summary>
    public const int Refused = 1;
}
