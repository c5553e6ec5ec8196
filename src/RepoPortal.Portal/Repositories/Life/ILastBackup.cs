namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Asked before a repository is removed for good: a repository goes only when its last state is kept elsewhere.</summary>
internal interface ILastBackup
{
    /// <summary>Whether the last state of a repository that is in the trash, and changes no more, is in a backup. While it is not, the repository stays.</summary>
    Task<bool> IsKeptAsync(Repository repository, CancellationToken cancellationToken);
}
