namespace RepoPortal.Portal.Repositories.Search;

/// <summary>How far a repository is indexed.</summary>
/// <param name="Generation">Of which copy of its content.</param>
/// <param name="Directory">Which directory's files.</param>
/// <param name="Tree">The revision whose files are indexed, whole; 0 when no revision's are.</param>
/// <param name="Target">The revision whose files are being indexed; <paramref name="Tree"/> when none are.</param>
/// <param name="After">The path up to which that was done; null at its beginning.</param>
/// <param name="Messages">The revision up to which messages are indexed.</param>
/// <param name="Steps">How many steps led here, so that of two who take the next one only one does.</param>
internal sealed record IndexState(int Generation, string Directory, long Tree, long Target, string? After, long Messages, long Steps)
{
    /// <summary>Whether everything up to a revision is indexed.</summary>
    internal bool IsUpTo(long youngest) => Tree >= youngest && Messages >= youngest;

    /// <summary>Nothing yet.</summary>
    internal static IndexState Beginning(int generation, string directory, long steps) => new(generation, directory, 0, 0, null, 0, steps);
}

/// <summary>A step of indexing.</summary>
/// <param name="From">Where it begins; null when nothing is indexed.</param>
/// <param name="To">Where it leads, with <see cref="IndexState.Steps"/> one higher.</param>
internal sealed record IndexStep(IndexState? From, IndexState To)
{
    /// <summary>Whether everything that is indexed of the files is thrown away first.</summary>
    public bool ForgetsFiles { get; init; }

    /// <summary>Whether everything that is indexed of the messages is thrown away first.</summary>
    public bool ForgetsMessages { get; init; }

    /// <summary>Files and their words; null for one that is not there.</summary>
    public IReadOnlyList<(string Path, IReadOnlyCollection<string>? Words)> Files { get; init; } = [];

    /// <summary>Revisions and the words of their messages.</summary>
    public IReadOnlyList<(long Revision, IReadOnlyCollection<string> Words)> Messages { get; init; } = [];
}
