using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary>Somebody who could own a repository.</summary>
/// <param name="User">The user name.</param>
/// <param name="DisplayName">The name for people.</param>
/// <param name="Commits">How many commits they made in the last year.</param>
public sealed record OwnerCandidate(UserName User, string DisplayName, int Commits);

/// <summary>Finds who could own a repository: people who are let in and have access, the most active first.</summary>
internal static class OwnerCandidates
{
    private const int MostCandidates = 5;
    private const int MostAuthors = 50;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(365);

    /// <summary>Those who committed in the last year. The repository must have been read with its access.</summary>
    internal static async Task<IReadOnlyList<OwnerCandidate>> CommittersAsync(RecordContext record, Repository repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Recent;
        var authors = await record.Commits
            .Where(commit => commit.RepositoryId == repository.Id && commit.At >= since && commit.Author != null)
            .GroupBy(commit => commit.Author!)
            .Select(commits => new { Author = commits.Key, Count = commits.Count() })
            .OrderByDescending(author => author.Count)
            .Take(MostAuthors)
            .ToListAsync(cancellationToken);
        var names = authors.ConvertAll(author => UserQueries.Normalize(author.Author));
        var people = await record.Users.AsNoTracking()
            .Where(user => names.Contains(user.NormalizedUserName!) && user.Kind != UserKind.Service && user.Status == UserStatus.Active && (user.EndsAt == null || user.EndsAt > now))
            .ToDictionaryAsync(user => user.UserName!, StringComparer.Ordinal, cancellationToken);
        var model = AccessModel.Of(repository, now);
        return
        [
            .. authors.Where(author => people.TryGetValue(author.Author, out var person) && model.Most(person.Name) >= AccessLevel.Read)
                .Take(MostCandidates)
                .Select(author => new OwnerCandidate(people[author.Author].Name, people[author.Author].DisplayName, author.Count)),
        ];
    }

    /// <summary>Those, and behind them whoever may write, without somebody who is leaving.</summary>
    internal static async Task<IReadOnlyList<OwnerCandidate>> OthersAsync(
        RecordContext record, Repository repository, UserName leaving, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var committers = await CommittersAsync(record, repository, now, cancellationToken);
        var writers = repository.Members.Where(member => member.Access >= AccessLevel.Write).Select(member => member.User)
            .Concat(repository.GroupGrants.Where(grant => grant.Access >= AccessLevel.Write).SelectMany(grant => grant.Group.Members).Select(member => member.User))
            .Where(user => user.IsActive(now) && user.Kind != UserKind.Service)
            .OrderBy(user => user.DisplayName, StringComparer.OrdinalIgnoreCase)
            .Select(user => new OwnerCandidate(user.Name, user.DisplayName, Commits: 0));
        return [.. committers.Concat(writers).DistinctBy(candidate => candidate.User).Where(candidate => candidate.User != leaving).Take(2 * MostCandidates)];
    }
}
