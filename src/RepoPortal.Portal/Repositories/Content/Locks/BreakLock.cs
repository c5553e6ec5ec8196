using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Amending;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories.Content.Locks;

/// <summary>A lock as somebody may break it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Held">The lock; null when nobody holds one.</param>
/// <param name="MayBreak">Whether they may.</param>
internal sealed record LockedFile(string Path, LockView? Held, bool MayBreak);

/// <summary>Takes a lock off a file.</summary>
internal sealed class BreakLock(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, ViewContent content, TimeProvider time, ILogger<BreakLock> logger)
{
    /// <summary>The file, and whether somebody may break the lock on it.</summary>
    internal async Task<Outcome<LockedFile>> ViewAsync(string name, string path, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        return found.Succeeded(out var repository, out var refusal) ? await FindAsync(repository, path, actor, cancellationToken) : refusal;
    }

    /// <param name="name">The repository's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="mark">The mark of the lock that was seen.</param>
    /// <param name="actor">Who breaks it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string name, string path, string mark, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal) || !(await FindAsync(repository, path, actor, cancellationToken)).Succeeded(out var file, out refusal))
            return refusal;
        if (file.Held is not { } held)
            return Gone;
        if (repository.ArchivedAt is not null)
            return Refusal.Conflict($"'{repository.Name}' is archived: nobody can change it.");
        if (!file.MayBreak || actor.Name is not { } by)
            return Refusal.Forbidden("Only whoever holds a lock, and owners of the repository, may break it.");
        if (held.Mark != mark)
            return Taken(held);
        return await AskAsync(record, repository, file, held, actor, by);
    }

    private static Refusal Gone => Refusal.Conflict("Nobody holds a lock on this file any more.");

    private static Refusal Taken(LockView held) => Refusal.Conflict($"The lock that you saw is gone; {held.Owner} holds another one on this file now.");

    private async Task<Outcome<LockedFile>> FindAsync(Repository repository, string path, Actor actor, CancellationToken cancellationToken)
    {
        var viewed = await content.ExecuteAsync(repository.Name.Value, new ContentRequest(path, null, null, null, 0, 0, 0), actor, cancellationToken);
        if (!viewed.Succeeded(out var answer, out var refusal))
            return refusal;
        if (answer is not FileContent file)
            return Refusal.NotFound("There is no such file, or it is not open to you.");
        // As svn has it: whoever may not write there can neither lock nor unlock.
        var mayWrite = AccessModel.Of(repository, time.GetUtcNow()).Check(actor.Name, file.Path) == PathAccess.Write;
        return new LockedFile(
            file.Path, file.Held, mayWrite && (Standing.Of(repository, actor).Access == AccessLevel.Owner || (actor.Name is { } name && file.Held?.Owner == name.Value)));
    }

    private async Task<Outcome<Done>> AskAsync(RecordContext record, Repository repository, LockedFile file, LockView held, Actor actor, UserName by)
    {
        var primary = repository.Primary!;
        try
        {
            var answer = await grains.GetGrain<IAmendmentGrain>(primary.NodeName).BreakLock(primary.Key, new SeenLock(file.Path, held.Mark), by, CancellationToken.None);
            if (answer.Outcome != AmendmentOutcome.Done)
            {
                return answer.Outcome switch
                {
                    AmendmentOutcome.NotThere => Gone,
                    AmendmentOutcome.Changed => Refusal.Conflict("The lock that you saw is gone; somebody has taken another one on this file meanwhile."),
                    _ => Refusal.Conflict($"A hook of this repository refused it: {answer.Sentence}"),
                };
            }
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            logger.LogWarning(exception, "a lock in {Repository} cannot be broken", repository.Name);
            return Refusal.Unavailable(NodeAway.Sentence);
        }

        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.LockBroken, repository.Name.Value, repository.Id, new { path = file.Path, heldBy = held.Owner, since = held.Since }));
        await record.SaveChangesAsync(CancellationToken.None);
        return Done.Instance;
    }
}
