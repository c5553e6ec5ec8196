namespace RepoPortal.StorageNode.Access;

/// <summary>What a reader may see of a repository.</summary>
/// <param name="MaySee">Whether they may see a path.</param>
/// <param name="IsEverything">True when there is no path that they may not see, so that nobody need ask for each.</param>
internal sealed record ReaderSight(Func<string, bool> MaySee, bool IsEverything)
{
    /// <summary>No path rule applies.</summary>
    public static readonly ReaderSight Everything = new(static _ => true, IsEverything: true);
}
