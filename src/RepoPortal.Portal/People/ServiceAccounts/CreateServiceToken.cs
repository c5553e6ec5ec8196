using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>Makes a token for one's own service account: always for named repositories, and only for those the account has access to.</summary>
internal sealed class CreateServiceToken(IDbContextFactory<RecordContext> contexts, CreateToken create)
{
    /// <param name="name">The service account's user name.</param>
    /// <param name="request">What is wanted; without repositories it is for all that the account has now.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<CreatedToken>> ExecuteAsync(string name, NewToken request, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (!(await record.FindOwnedAsync(name, actor, cancellationToken)).Succeeded(out var account, out var refusal))
            return refusal;
        var granted = await record.Members.Where(member => member.UserId == account.Id).Select(member => member.Repository.Name).ToListAsync(cancellationToken);
        if (granted.Count == 0)
            return Refusal.Conflict($"'{account.Name}' has access to no repository, so a token would be good for nothing.");
        var wanted = request.Repositories is { Count: > 0 } named ? named : [.. granted.Select(repository => repository.Value)];
        return wanted.FirstOrDefault(text => granted.TrueForAll(repository => repository.Value != text)) is { } stranger
            ? Refusal.Invalid("repositories", $"'{account.Name}' has no access to '{stranger}'.")
            : await create.ExecuteAsync(account.Name, request with { Repositories = wanted }, actor, cancellationToken);
    }
}
