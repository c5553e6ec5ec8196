namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>A commit as <c>git fast-export</c> writes it, without what it changes.</summary>
/// <param name="Mark">Its number in the stream.</param>
/// <param name="Id">Its hash.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Committer">Who committed it, and when.</param>
/// <param name="Message">Its message, in UTF-8 as far as git knows.</param>
/// <param name="Parents">The marks of its parents, the first one first.</param>
internal sealed record GitCommit(int Mark, string Id, GitPerson Author, GitPerson Committer, byte[] Message, IReadOnlyList<int> Parents)
{
    /// <summary>Its hash as sentences have it.</summary>
    public string Words => $"git's commit {Id[..12]}";
}
