using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>Finds the repositories that a token is to be good for.</summary>
internal static class TokenScopes
{
    internal const int MostRepositories = 100;

    /// <summary>Empty when none are named; refused when there is one that the token's person, or whoever makes the token, does not see.</summary>
    internal static async Task<Outcome<List<Repository>>> FindAsync(
        RecordContext record, IReadOnlyCollection<string>? names, User holder, Actor actor, CancellationToken cancellationToken)
    {
        var found = new List<Repository>();
        if (names is { Count: > MostRepositories })
            return Refusal.Invalid("repositories", $"A token is good for at most {MostRepositories} named repositories, or for all.");
        foreach (var name in (names ?? []).Distinct(StringComparer.Ordinal))
        {
            var sought = await record.FindVisibleAsync(name, actor, cancellationToken);
            if (sought.Refusal is not null || Standing.Of(sought.Value, Actor.Of(holder)).Access == Contracts.Access.AccessLevel.None)
                return Refusal.Invalid("repositories", $"There is no repository '{name}', or the token's person has no access to it.");
            found.Add(sought.Value);
        }

        return found;
    }
}
