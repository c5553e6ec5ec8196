using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Life.Orphans;

namespace RepoPortal.Portal.Repositories.Life.Leaving;

/// <summary>Somebody who leaves, and what would be left without an owner.</summary>
/// <param name="Person">Who.</param>
/// <param name="Repositories">What they alone own, by name.</param>
public sealed record LeavingView(PersonView Person, IReadOnlyList<LeftRepository> Repositories);

/// <summary>A repository that would have no owner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="IsOwnGrant">Whether they own it by themselves, and not through a group.</param>
/// <param name="Candidates">Who could own it: the most active committers first, then whoever may write.</param>
public sealed record LeftRepository(RepositoryName Name, string Description, bool IsOwnGrant, IReadOnlyList<OwnerCandidate> Candidates);

/// <summary>Shows, to administrators and to whoever leaves, which repositories are to be handed over, and who could own them.</summary>
internal sealed class ViewLeaving(IDbContextFactory<RecordContext> contexts, FindSoleOwners find, TimeProvider time)
{
    /// <param name="name">The user name of whoever leaves.</param>
    /// <param name="actor">Who asks: an administrator, or that person.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<LeavingView>> ExecuteAsync(string? name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (!UserName.TryParse(name, out var parsed, out _)
            || !(actor.IsAdministrator || actor.Name == parsed)
            || await record.Users.AsNoTracking().WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return Refusal.NotFound($"There is nobody called '{name}' here.");
        var names = (await find.ExecuteAsync([parsed], cancellationToken))[parsed].ToList();
        var rows = await record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().Where(row => names.Contains(row.Name)).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var left = new List<LeftRepository>();
        foreach (var row in rows)
        {
            left.Add(new LeftRepository(
                row.Name,
                row.Description,
                row.Members.Any(member => member.UserId == user.Id && member.Access == AccessLevel.Owner),
                await OwnerCandidates.OthersAsync(record, row, parsed, time.GetUtcNow(), cancellationToken)));
        }

        return new LeavingView(PersonView.Of(user), left);
    }
}
