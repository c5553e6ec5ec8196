using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>Makes a repository and serves it, wherever an earlier attempt left off.</summary>
internal sealed class ProvisionRepository(
    NodeDirectories directories, ProvisionSteps steps, MeasureCopy measure, SvnLookClient look, CopyLocks locks)
{
    /// <summary>Returns when the repository is served.</summary>
    /// <exception cref="StorageException">The disk refused, and nothing of this attempt is left; or there is another repository in its place.</exception>
    public async Task<CopyMeasurement> RunAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(request.Copy.Repository, cancellationToken);
        var attempt = new ProvisionAttempt(request, Path.Combine(directories.Temporary, $"{request.Copy.Repository}-{request.Copy.Generation}-{Guid.NewGuid():n}"));
        var stored = directories.Copy(request.Copy);
        var isHere = Directory.Exists(stored);
        try
        {
            if (isHere)
                RequireSame(request, stored);
            // An earlier attempt may have been told of another quota.
            if (isHere && request.Quota is { } quota)
                SetQuota.WriteIfNewer(stored, quota);
            foreach (var step in isHere ? [steps.Serve] : steps.All)
                step.Run(attempt);
            return measure.Run(request.Copy);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            CleanUp(attempt, isHere);
            throw StorageFailure.Of("the repository could not be made", exception);
        }
    }

    private void RequireSame(ProvisionRequest request, string stored)
    {
        var uuid = look.GetUuid(stored);
        if (Guid.Parse(uuid) != request.Uuid)
            throw new StorageException($"the repository could not be made: the repository '{uuid}' is in its place");
    }

    private void CleanUp(ProvisionAttempt attempt, bool wasStored)
    {
        // Out of the store at once and back to where it was made: a removal that is cut short leaves something for the janitor, never half a repository.
        if (!wasStored && Directory.Exists(directories.Copy(attempt.Request.Copy)))
            directories.TakeOut(attempt.Request.Copy, attempt.Temporary);
        if (Directory.Exists(attempt.Temporary))
            Directory.Delete(attempt.Temporary, recursive: true);
    }
}
