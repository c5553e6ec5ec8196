using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>Does a bulk action, one repository after the other; what became of each is written down before the next is begun.</summary>
internal sealed class BulkHandler(IDbContextFactory<RecordContext> contexts, IServiceScopeFactory scopes, TimeProvider time) : ITaskHandler
{
    public bool Does(TaskKind kind) => kind == TaskKind.Bulk;

    public async Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        var parameters = BulkParameters.Of(task);
        await using var scope = scopes.CreateAsyncScope();
        var deed = scope.ServiceProvider.GetRequiredService<BulkDeed>();
        while (await NextAsync(task.Id, cancellationToken) is { } item)
        {
            if (await FindActorAsync(parameters.ActorId, cancellationToken) is not { } actor)
                return Refusal.Forbidden($"'{task.RequestedBy}' is no administrator any more; the rest was left as it is.");
            var (state, sentence) = await DoAsync(deed, parameters.Wish, item, actor, cancellationToken);
            await NoteAsync(item, state, sentence);
            var (done, total) = await CountAsync(task.Id, cancellationToken);
            await progress.TellAsync(new JobProgress("one after the other", done, total), cancellationToken);
        }

        return await SayAsync(task.Id, cancellationToken);
    }

    // The one at which the server ended comes first; it is looked at anew.
    private async Task<BulkItem?> NextAsync(Guid task, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var open = record.BulkItems.AsNoTracking().Where(item => item.TaskId == task);
        var next = await open.Where(item => item.State == BulkState.Begun).OrderBy(item => item.Position).FirstOrDefaultAsync(cancellationToken)
            ?? await open.Where(item => item.State == BulkState.Waiting).OrderBy(item => item.Position).FirstOrDefaultAsync(cancellationToken);
        if (next is { State: BulkState.Waiting })
            await record.BulkItems.Where(item => item.TaskId == task && item.Position == next.Position)
                .ExecuteUpdateAsync(item => item.SetProperty(stored => stored.State, BulkState.Begun), cancellationToken);
        return next;
    }

    private async Task<Actor?> FindActorAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await record.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return user is { IsAdministrator: true } && user.IsActive(time.GetUtcNow()) ? Actor.Of(user) : null;
    }

    private async Task<(BulkState State, string Sentence)> DoAsync(BulkDeed deed, BulkWish wish, BulkItem item, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repository = await record.Repositories.Whole().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(row => row.Id == item.RepositoryId, cancellationToken);
        if (repository is null)
            return (BulkState.Failed, "It is gone.");
        var isAsked = await record.OpenConfirmations().AnyAsync(row => row.RepositoryId == item.RepositoryId, cancellationToken);
        if (BulkDeed.IsDone(wish, repository, isAsked))
            return (BulkState.Done, item.State == BulkState.Begun ? item.Sentence : BulkDeed.SayDone(wish));
        return await deed.ExecuteAsync(wish, repository.Name.Value, actor, cancellationToken) is { } refusal
            ? (BulkState.Failed, refusal.Sentence)
            : (BulkState.Done, item.Sentence);
    }

    // Not to be stopped: it tells what is done.
    private async Task NoteAsync(BulkItem item, BulkState state, string sentence)
    {
        await using var record = await contexts.CreateDbContextAsync(CancellationToken.None);
        await record.BulkItems.Where(row => row.TaskId == item.TaskId && row.Position == item.Position).ExecuteUpdateAsync(
            row => row.SetProperty(stored => stored.State, state).SetProperty(stored => stored.Sentence, sentence), CancellationToken.None);
    }

    private async Task<(int Done, int Total)> CountAsync(Guid task, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var all = record.BulkItems.Where(item => item.TaskId == task && item.State != BulkState.Excluded);
        return (await all.CountAsync(item => item.State == BulkState.Done || item.State == BulkState.Failed, cancellationToken), await all.CountAsync(cancellationToken));
    }

    private async Task<string> SayAsync(Guid task, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var failed = await record.BulkItems.CountAsync(item => item.TaskId == task && item.State == BulkState.Failed, cancellationToken);
        var done = await record.BulkItems.CountAsync(item => item.TaskId == task && item.State == BulkState.Done, cancellationToken);
        return failed == 0
            ? $"Done for {Format.Count(done, "repository", "repositories")}."
            : $"Done for {Format.Count(done, "repository", "repositories")}; {Format.Count(failed)} could not be changed.";
    }
}
