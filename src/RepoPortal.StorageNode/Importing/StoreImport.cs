using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>Puts what was loaded into the store and serves it, wherever an earlier attempt left off; all of the source, or what of it was whole.</summary>
internal sealed class StoreImport(
    NodeDirectories directories, ImportLocks locks, CopyLocks copies, ProvisionSteps steps, MeasureCopy measure, DigestQueue digests, SvnLookClient look)
{
    private const string What = "the import could not be served";

    /// <summary>Returns when it is served.</summary>
    /// <exception cref="StorageException">Nothing was loaded, or the disk refused; it can be tried again.</exception>
    public async Task<StoreImportResult> RunAsync(ProvisionRequest target, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        onProgress(new JobProgress("storing"));
        using var loading = await locks.EnterAsync(target.Copy, cancellationToken);
        using var turn = await copies.EnterAsync(target.Copy.Repository, cancellationToken);
        try
        {
            var import = new ImportDirectory(directories, target.Copy);
            if (Directory.Exists(directories.Copy(target.Copy)))
                RequireSame(target);
            else
                Store(target, import);
            import.Remove();
            var attempt = new ProvisionAttempt(target, import.Repository);
            steps.Serve.Run(attempt);
            var found = measure.Run(target.Copy);
            // Worked out in the background; the first backup makes good what is missing.
            digests.Add(target.Copy, found.Youngest);
            return new StoreImportResult(found);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    private void Store(ProvisionRequest target, ImportDirectory import)
    {
        if (!import.IsThere || look.GetYoungest(import.Repository) == 0)
            throw new StorageException($"{What}: no revision was loaded");
        if (!import.IsTrusted)
            throw new StorageException($"{What}: the machine was started anew before everything that was loaded was on its disk; continue the import, which loads it once more");
        import.RemoveUnfinished();
        // Whoever stopped the import may have stopped the server, too.
        if (!import.IsOnDisk)
            import.Sync();
        SvnRepositoryClient.SetUuid(import.Repository, target.Uuid);
        foreach (var step in steps.FromFiles)
            step.Run(new ProvisionAttempt(target, import.Repository));
    }

    private void RequireSame(ProvisionRequest target)
    {
        if (Guid.Parse(look.GetUuid(directories.Copy(target.Copy))) != target.Uuid)
            throw new StorageException($"{What}: another repository is in its place");
    }
}
