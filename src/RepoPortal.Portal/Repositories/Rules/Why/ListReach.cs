using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules.Why;

/// <summary>Who may do what with a path.</summary>
/// <param name="Path">The path.</param>
/// <param name="People">Everybody whom a grant, a group or a rule concerns, those with most access first.</param>
/// <param name="SignedIn">What everybody else may do who is signed in.</param>
/// <param name="Anyone">What somebody without credentials may do.</param>
public sealed record PathReach(string Path, IReadOnlyList<PersonReach> People, PathAccess SignedIn, PathAccess Anyone);

/// <summary>What one person may do with it.</summary>
/// <param name="User">The user name.</param>
/// <param name="DisplayName">The name for people.</param>
/// <param name="Access">What they may do; none for somebody suspended or ended.</param>
/// <param name="IsActive">False when they are suspended or ended.</param>
public sealed record PersonReach(UserName User, string DisplayName, PathAccess Access, bool IsActive);

/// <summary>Lists who can reach a path, as libsvn answers for each of them.</summary>
internal sealed class ListReach(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time)
{
    internal async Task<Outcome<PathReach>> ExecuteAsync(string name, string? path, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see who can reach a path", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (RulePath.RefusePath(path, out var asked) is { } sentence)
            return Refusal.Invalid("path", sentence);
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return Refusal.Conflict("The repository is not ready yet.");

        var now = time.GetUtcNow();
        var model = AccessModel.Of(repository, now);
        var people = await FindPeopleAsync(record, model, cancellationToken);
        var answers = await grains.GetGrain<IStorageNodeGrain>(primary.NodeName).CheckAccess(
            AccessFileText.Render(model), [.. people.Select(person => new AccessQuestion(person.Name, asked)), new AccessQuestion(null, asked)], cancellationToken);
        return new PathReach(
            asked,
            [.. people.Select((person, index) => Reach(person, answers[index], now)).OrderByDescending(reach => reach.Access).ThenBy(reach => reach.User.Value, StringComparer.Ordinal)],
            model.Check(AccessModel.Stranger, asked),
            answers[^1]);
    }

    private static PersonReach Reach(User person, PathAccess access, DateTimeOffset now) =>
        new(person.Name, person.DisplayName, person.IsActive(now) ? access : PathAccess.None, person.IsActive(now));

    private static Task<List<User>> FindPeopleAsync(RecordContext record, AccessModel model, CancellationToken cancellationToken)
    {
        var names = model.Granted.Keys.Concat(model.Sections.Values.SelectMany(section => section.Users.Keys)).Concat(model.Groups.Values.SelectMany(members => members))
            .Distinct().Select(name => UserQueries.Normalize(name.Value)).ToList();
        return record.Users.AsNoTracking().Where(user => names.Contains(user.NormalizedUserName!)).ToListAsync(cancellationToken);
    }
}
