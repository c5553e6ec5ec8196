namespace RepoPortal.Portal.Imports;

/// <summary>A source that somebody names: an upload, the address of another server, or (operators only) a file.</summary>
/// <param name="Upload">An upload of theirs that is complete.</param>
/// <param name="Address">The address of a repository on another server.</param>
/// <param name="UserName">Who reads it there; null for nobody in particular.</param>
/// <param name="Password">Their password, which is used for this import and written down nowhere.</param>
/// <param name="File">A dump on the storage node's machine.</param>
/// <param name="Directory">A repository there that is to be adopted.</param>
/// <param name="Git">A git repository there.</param>
internal sealed record NewSource(Guid? Upload = null, string? Address = null, string? UserName = null, string? Password = null, string? File = null, string? Directory = null, string? Git = null)
{
    /// <summary>Whether nothing is named at all.</summary>
    internal bool IsEmpty => Upload is null && string.IsNullOrWhiteSpace(Address) && File is null && Directory is null && Git is null;

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(NewSource)} {File ?? Directory ?? Git ?? Address ?? Upload?.ToString()}";
}
