namespace RepoPortal.Svn;

/// <summary>Directories to make in a repository in one commit.</summary>
/// <param name="Directories">Paths in the repository; a parent stands before what is in it.</param>
/// <param name="Author">The commit's svn:author.</param>
/// <param name="LogMessage">The commit's svn:log; lines end with LF alone.</param>
public sealed record SvnLayout(IReadOnlyList<string> Directories, string Author, string LogMessage)
{
    /// <summary>The usual <c>trunk</c>, <c>branches</c> and <c>tags</c>.</summary>
    public static SvnLayout Standard(string author, string logMessage) => new(["trunk", "branches", "tags"], author, logMessage);
}
