namespace RepoPortal.Contracts.Repositories;

/// <summary>One generation of a repository's content on one node: names the directory <c>store/{id}/{generation}</c>.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Generation">1 for the content it was created with; a restore in place makes the next one.</param>
[GenerateSerializer, Immutable]
public readonly record struct RepositoryCopy([property: Id(0)] RepositoryId Repository, [property: Id(1)] int Generation);
