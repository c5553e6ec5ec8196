namespace RepoPortal.Portal.Tiers;

/// <summary>A repository that would be outside its promise.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Sentence">What it has and what it would need.</param>
public sealed record BrokenBy(RepositoryName Repository, string Sentence);

/// <summary>Says what a changed tier would do to the repositories that have it, by what is measured of them.</summary>
public interface ITierPreview
{
    /// <summary>The repositories that would no longer be within their promise if the tier of that id were as proposed.</summary>
    Task<IReadOnlyList<BrokenBy>> FindBrokenByAsync(Tier proposed, CancellationToken cancellationToken);
}
