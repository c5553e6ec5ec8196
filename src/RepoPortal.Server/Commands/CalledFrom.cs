namespace RepoPortal.Server.Commands;

/// <summary>Where a command was called: <c>infra/repoportal</c> goes to the data directory first, because the system user may not enter any other.</summary>
internal static class CalledFrom
{
    private const string Variable = "REPOPORTAL_CALLED_FROM";

    /// <summary>A path as whoever called means it.</summary>
    public static string FullPath(string path) => Path.GetFullPath(path, Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory ? directory : Environment.CurrentDirectory);
}
