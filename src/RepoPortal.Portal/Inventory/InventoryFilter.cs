using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;

namespace RepoPortal.Portal.Inventory;

/// <summary>Which repositories the inventory is to show; null or empty leaves a criterion out.</summary>
/// <param name="Search">Part of a name, a description, or an owner's user or display name; case does not matter.</param>
/// <param name="Tier">A tier's id.</param>
/// <param name="Owner">An owner's user name.</param>
/// <param name="State">How far they have come.</param>
/// <param name="Visibility">Who may read them without being a member.</param>
/// <param name="Node">The node that holds them.</param>
/// <param name="Promise">Whether their promise is kept, as last judged.</param>
/// <param name="Condition">In what condition they are.</param>
public sealed record InventoryFilter(
    string? Search = null, string? Tier = null, string? Owner = null, RepositoryState? State = null, Visibility? Visibility = null, string? Node = null,
    PromiseState? Promise = null, InventoryCondition? Condition = null)
{
    /// <summary>Lets everything through.</summary>
    public static readonly InventoryFilter None = new();

    internal IQueryable<Repository> Apply(IQueryable<Repository> repositories, RecordContext record)
    {
        foreach (var word in PlainText.Strip(Search ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            repositories = repositories.Where(repository => repository.SearchText.Contains(word));
        if (!string.IsNullOrEmpty(Tier))
            repositories = repositories.Where(repository => repository.TierId == Tier);
        if (State is { } state)
            repositories = repositories.Where(repository => repository.State == state);
        if (Visibility is { } visibility)
            repositories = repositories.Where(repository => repository.Visibility == visibility);
        if (!string.IsNullOrEmpty(Node))
            repositories = repositories.Where(repository => repository.NodeName == Node);
        if (Promise is { } promise)
            repositories = WithPromise(repositories, promise, record);
        if (Condition is { } condition)
            repositories = In(condition, repositories, record);
        return string.IsNullOrEmpty(Owner) ? repositories : repositories.Where(OwnedBy(Owner, record));
    }

    // The same repositories as on the page about promises; one that the clock has not seen yet is not measured yet.
    private static IQueryable<Repository> WithPromise(IQueryable<Repository> repositories, PromiseState state, RecordContext record)
    {
        var present = repositories.Where(repository => repository.State == RepositoryState.Ready || repository.State == RepositoryState.Restoring);
        return state == PromiseState.Unknown
            ? present.Where(repository => !record.Protections.Any(protection => protection.RepositoryId == repository.Id && protection.State != PromiseState.Unknown))
            : present.Where(repository => record.Protections.Any(protection => protection.RepositoryId == repository.Id && protection.State == state));
    }

    private static IQueryable<Repository> In(InventoryCondition condition, IQueryable<Repository> repositories, RecordContext record)
    {
        var open = record.OpenConfirmations();
        return condition switch
        {
            InventoryCondition.InUse => repositories.Where(repository => repository.State == RepositoryState.Ready && repository.ArchivedAt == null),
            InventoryCondition.Archived => repositories.Where(repository => repository.ArchivedAt != null && repository.GoneAt == null),
            InventoryCondition.NoOwner => repositories.Where(repository => repository.OrphanedAt != null && repository.GoneAt == null),
            InventoryCondition.Asked => repositories.Where(repository => open.Any(confirmation => confirmation.RepositoryId == repository.Id)),
            _ => repositories.Where(repository => open.Any(confirmation => confirmation.RepositoryId == repository.Id && confirmation.Times >= ConfirmationSteps.Escalated)),
        };
    }

    // As a list of ids, so that somebody's few repositories are found by the index on members and not by walking all.
    private static System.Linq.Expressions.Expression<Func<Repository, bool>> OwnedBy(string owner, RecordContext record)
    {
        var normalized = UserQueries.Normalize(PlainText.Strip(owner));
        var owned = record.Members
            .Where(member => member.User.NormalizedUserName == normalized && member.Access == AccessLevel.Owner)
            .Select(member => member.RepositoryId)
            .Concat(record.GroupGrants
                .Where(grant => grant.Access == AccessLevel.Owner && grant.Group.Members.Any(member => member.User.NormalizedUserName == normalized))
                .Select(grant => grant.RepositoryId));
        return repository => owned.Contains(repository.Id);
    }
}
