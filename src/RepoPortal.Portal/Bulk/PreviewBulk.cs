using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>Which repositories a bulk action is about.</summary>
/// <param name="Names">These; null for all that <paramref name="Filter"/> lets through.</param>
/// <param name="Filter">All that it lets through now: what comes to match it later is not among them.</param>
internal sealed record BulkSelection(IReadOnlyCollection<string>? Names, InventoryFilter Filter);

/// <summary>Settles which repositories a bulk action is about, and asks for each what would come of it. Nothing happens before <see cref="BeginBulk"/>.</summary>
internal sealed class PreviewBulk(IDbContextFactory<RecordContext> contexts, BulkDeed deed, TimeProvider time)
{
    /// <summary>The most repositories at once.</summary>
    internal const int Most = 1000;

    private const int Batch = 100;

    /// <returns>The task that waits to be begun.</returns>
    internal async Task<Outcome<Guid>> ExecuteAsync(BulkSelection selection, BulkWish asked, string back, Actor actor, CancellationToken cancellationToken)
    {
        var wish = asked.Trimmed();
        if (actor is not { IsAdministrator: true, UserId: { } actorId })
            return Refusal.Forbidden("Only an administrator does one thing to many repositories.");
        if (wish is { Verb: BulkVerb.HandOver, From: null or "" })
            return Refusal.Invalid("from", "Say which owner hands over; to add an owner and keep the others, choose that.");
        if (!(await SelectAsync(selection, cancellationToken)).Succeeded(out var ids, out var refusal))
            return refusal;
        var now = time.GetUtcNow();
        var task = new PortalTask
        {
            Id = Guid.CreateVersion7(now),
            Kind = TaskKind.Bulk,
            RepositoryId = PortalTask.NoRepository,
            State = TaskState.Drafted,
            RequestedBy = actor.Label,
            RequestedAt = now,
            DueAt = now,
            Parameters = new BulkParameters(wish, actorId, back).ToJson(),
        };
        var items = await RehearseAsync(task.Id, wish, ids, actor, cancellationToken);
        // What is wrong with all of them is wrong with what was asked.
        if (items.TrueForAll(item => item.State == BulkState.Excluded && item.Sentence == items[0].Sentence))
            return Refusal.Conflict(items.Count == 1 ? $"'{items[0].Name}' is left as it is: {items[0].Sentence}" : $"None of them can be changed so: {items[0].Sentence}");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        record.Add(task);
        record.AddRange(items);
        await record.SaveChangesAsync(cancellationToken);
        return task.Id;
    }

    private async Task<Outcome<List<RepositoryId>>> SelectAsync(BulkSelection selection, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = record.Repositories.AsNoTracking();
        if (selection.Names is { } named)
        {
            var names = new List<RepositoryName>();
            foreach (var text in named)
            {
                if (!RepositoryName.TryParse(text, out var name, out _) || !await rows.AnyAsync(row => row.Name == name, cancellationToken))
                    return Refusal.Invalid("repositories", $"There is no repository '{text}'.");
                names.Add(name);
            }

            rows = rows.Where(row => names.Contains(row.Name));
        }
        else
        {
            rows = selection.Filter.Apply(rows, record);
        }

        var ids = await rows.OrderBy(row => row.Name).Select(row => row.Id).Take(Most + 1).ToListAsync(cancellationToken);
        return ids.Count switch
        {
            0 => Refusal.Invalid("repositories", "Choose at least one repository."),
            > Most => Refusal.Invalid("repositories", $"At most {Most} repositories are changed at once; narrow the filter."),
            _ => ids,
        };
    }

    private async Task<List<BulkItem>> RehearseAsync(Guid task, BulkWish wish, List<RepositoryId> ids, Actor actor, CancellationToken cancellationToken)
    {
        var items = new List<BulkItem>();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var batch in ids.Chunk(Batch))
        {
            var repositories = await record.Repositories.Whole().AsNoTrackingWithIdentityResolution().Where(row => batch.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync(cancellationToken);
            var asked = (await record.OpenConfirmations().Where(row => batch.Contains(row.RepositoryId)).Select(row => row.RepositoryId).ToListAsync(cancellationToken)).ToHashSet();
            foreach (var repository in repositories)
            {
                var why = BulkDeed.IsDone(wish, repository, asked.Contains(repository.Id))
                    ? BulkDeed.SayDone(wish)
                    : (await deed.RehearseAsync(wish, repository.Name.Value, actor, cancellationToken))?.Sentence;
                items.Add(new BulkItem
                {
                    TaskId = task,
                    Position = items.Count,
                    RepositoryId = repository.Id,
                    Name = repository.Name,
                    State = why is null ? BulkState.Waiting : BulkState.Excluded,
                    Sentence = why ?? BulkDeed.Say(wish, repository),
                });
            }
        }

        return items;
    }
}
