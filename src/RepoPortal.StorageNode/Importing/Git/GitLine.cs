namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>A line of commits, each the first parent of the next: what a branch of Subversion's is.</summary>
/// <param name="path">Where it is in the repository.</param>
/// <param name="isNamed">Whether a branch of git's leads to it; otherwise it is removed where it was merged.</param>
internal sealed class GitLine(string path, bool isNamed)
{
    /// <summary>Where it is in the repository.</summary>
    public string Path { get; } = path;

    /// <summary>Whether a branch of git's leads to it.</summary>
    public bool IsNamed { get; } = isNamed;

    /// <summary>The mark of its last commit so far; 0 before the first, and when it was removed.</summary>
    public int Tip { get; set; }
}
