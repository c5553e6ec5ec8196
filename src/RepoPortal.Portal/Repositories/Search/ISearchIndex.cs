namespace RepoPortal.Portal.Repositories.Search;

/// <summary>
/// Which words there are in the files and messages of each repository, kept by the full-text engine of the database that the record is in. Derived: it may be thrown away
/// at any time, and is not in any backup. It knows words and not their places, and nothing of who may see what.
/// </summary>
internal interface ISearchIndex
{
    /// <summary>Makes ready what it is kept in; what another version of the program wrote is thrown away.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>How far a repository is indexed; null when nothing of it is.</summary>
    Task<IndexState?> ReadStateAsync(RepositoryId repository, CancellationToken cancellationToken);

    /// <summary>Takes a step, all of it or nothing.</summary>
    /// <returns>False when the repository is no longer where the step begins, because somebody else took one.</returns>
    Task<bool> WriteAsync(RepositoryId repository, IndexStep step, CancellationToken cancellationToken);

    /// <summary>Some of the files that have all of these words, by path.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="words">The words.</param>
    /// <param name="after">Only paths after this one; null for all.</param>
    /// <param name="most">The most files wanted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<IReadOnlyList<string>> FindFilesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, string? after, int most, CancellationToken cancellationToken);

    /// <summary>Some of the revisions whose messages have all of these words, the youngest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="words">The words.</param>
    /// <param name="before">Only revisions before this one.</param>
    /// <param name="most">The most revisions wanted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<IReadOnlyList<long>> FindMessagesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, long before, int most, CancellationToken cancellationToken);

    /// <summary>Every repository of which something is indexed.</summary>
    Task<IReadOnlyList<RepositoryId>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes what is indexed of a repository; nothing to do is success.</summary>
    Task RemoveAsync(RepositoryId repository, CancellationToken cancellationToken);
}
