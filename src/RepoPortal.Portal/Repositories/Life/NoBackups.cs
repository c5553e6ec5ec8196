namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Where no backups are made there is none to wait for: the node's own trash is all that is kept.</summary>
internal sealed class NoBackups : ILastBackup
{
    public Task<bool> IsKeptAsync(Repository repository, CancellationToken cancellationToken) => Task.FromResult(true);
}
