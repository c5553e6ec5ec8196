using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories;

/// <summary>The ways in which use cases read a repository.</summary>
internal static class RepositoryQueries
{
    /// <summary>With everything <see cref="Repository.RefreshInventoryColumns"/> needs, tracked.</summary>
    internal static IQueryable<Repository> Whole(this IQueryable<Repository> repositories) => repositories
        .Include(repository => repository.Tier)
        .Include(repository => repository.Copies)
        .Include(repository => repository.Members).ThenInclude(member => member.User)
        .AsSplitQuery();

    /// <summary>With everything that decides about access, too: groups and their members, and the present path rules.</summary>
    internal static IQueryable<Repository> WithAccess(this IQueryable<Repository> repositories) => repositories.Whole()
        .Include(repository => repository.GroupGrants).ThenInclude(grant => grant.Group).ThenInclude(group => group.Members).ThenInclude(member => member.User)
        .Include(repository => repository.RuleGroups).ThenInclude(named => named.Group).ThenInclude(group => group.Members).ThenInclude(member => member.User)
        .Include(repository => repository.RuleSets.Where(rules => rules.IsPresent));

    /// <summary>
    /// The one that is reached by that name, when it exists and the actor may know that it does; tracked, for a use case that changes it. One that was deleted
    /// exists for its owners and administrators only. Everything about it is as of one
    /// moment, though it takes several queries: decided by members of one moment and rules of another, a change could be refused or let through wrongly.
    /// </summary>
    internal static Task<Outcome<Repository>> FindVisibleAsync(this RecordContext record, string name, Actor actor, CancellationToken cancellationToken) =>
        VisibleAsync(record, record.Repositories, name, actor, cancellationToken);

    /// <summary>The same, only to be read.</summary>
    internal static Task<Outcome<Repository>> ReadVisibleAsync(this RecordContext record, string name, Actor actor, CancellationToken cancellationToken) =>
        VisibleAsync(record, record.Repositories.AsNoTrackingWithIdentityResolution(), name, actor, cancellationToken);

    /// <summary>The one of that name, tracked, for a use case that only owners and administrators may run.</summary>
    /// <param name="what">What is refused to others, at the end of a sentence: "change settings".</param>
    internal static async Task<Outcome<Repository>> FindManagedAsync(
        this RecordContext record, string name, Actor actor, string what, CancellationToken cancellationToken) =>
        RefuseGone(await record.FindAnyManagedAsync(name, actor, what, cancellationToken));

    /// <summary>The same, also when it is in the trash.</summary>
    internal static async Task<Outcome<Repository>> FindAnyManagedAsync(
        this RecordContext record, string name, Actor actor, string what, CancellationToken cancellationToken) =>
        Managed(await record.FindVisibleAsync(name, actor, cancellationToken), actor, what);

    /// <summary>The same, only to be read.</summary>
    internal static async Task<Outcome<Repository>> ReadManagedAsync(
        this RecordContext record, string name, Actor actor, string what, CancellationToken cancellationToken) =>
        Managed(await record.ReadVisibleAsync(name, actor, cancellationToken), actor, what);

    /// <summary>The one that is reached by that name, with everything that decides about access, as of one moment; null when there is none. Only to be read.</summary>
    internal static Task<Repository?> ReadAsync(this RecordContext record, RepositoryName name, CancellationToken cancellationToken) =>
        record.AsOfOneMomentAsync(() => FindAsync(record, record.Repositories.AsNoTrackingWithIdentityResolution(), name, cancellationToken), cancellationToken);

    /// <summary>What was found, if the actor may know of it.</summary>
    internal static Outcome<Repository> Visible(Repository? found, Actor actor) =>
        found is { } repository && Standing.Of(repository, actor) is var standing && (repository.IsGone ? standing.MayManage : standing.MaySee)
            ? repository
            : Refusal.NotFound("There is no such repository, or you have no access to it.");

    private static async Task<Outcome<Repository>> VisibleAsync(
        RecordContext record, IQueryable<Repository> repositories, string name, Actor actor, CancellationToken cancellationToken) => Visible(
            RepositoryName.TryParse(name, out var parsed, out _)
                ? await record.AsOfOneMomentAsync(() => FindAsync(record, repositories, parsed, cancellationToken), cancellationToken)
                : null,
            actor);

    private static async Task<Repository?> FindAsync(
        RecordContext record, IQueryable<Repository> repositories, RepositoryName name, CancellationToken cancellationToken) =>
        await record.FindIdAsync(name, cancellationToken) is { } id
            ? await repositories.WithAccess().Include(row => row.Names).SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            : null;

    private static Outcome<Repository> RefuseGone(Outcome<Repository> found) => found.Refusal is null && found.Value.IsGone
        ? Refusal.Conflict($"'{found.Value.Name}' was deleted. Take it out of the trash first.")
        : found;

    private static Outcome<Repository> Managed(Outcome<Repository> found, Actor actor, string what) =>
        found.Refusal is null && !Standing.Of(found.Value, actor).MayManage
            ? Refusal.Forbidden($"Only an owner of the repository may {what}.")
            : found;
}
