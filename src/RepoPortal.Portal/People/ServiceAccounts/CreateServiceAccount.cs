using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>A service account that somebody wants.</summary>
/// <param name="Name">Its user name as typed.</param>
/// <param name="Purpose">What it is for, shown as its name; empty: the user name.</param>
/// <param name="Access">What it may do with each of the repositories: read or write.</param>
/// <param name="Repositories">The names of the only repositories it gets access to.</param>
public sealed record NewServiceAccount(string? Name, string? Purpose, AccessLevel Access, IReadOnlyCollection<string> Repositories);

/// <summary>Makes an account for a program, with access to repositories of whoever makes it. It has no e-mail address and no password, so it cannot sign in.</summary>
internal sealed class CreateServiceAccount(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal const int MostPerPerson = 50;

    internal async Task<Outcome<ServiceAccountView>> ExecuteAsync(NewServiceAccount request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is null || actor.Kind == UserKind.Service)
            return Refusal.Forbidden("Only a person makes service accounts.");
        if (!UserName.TryParse(request.Name?.Trim(), out var name, out var sentence))
            return Refusal.Invalid("name", sentence);
        var purpose = request.Purpose?.Trim() is { Length: > 0 } given ? given : name.Value;
        if (PlainText.Refuse(purpose, "A purpose", User.MaxDisplayNameLength) is { } unfit)
            return Refusal.Invalid("purpose", unfit);
        if (request.Access is not (AccessLevel.Read or AccessLevel.Write))
            return Refusal.Invalid("access", "A service account may read or write.");
        if (request.Repositories.Count is 0 or > Tokens.TokenScopes.MostRepositories)
            return Refusal.Invalid("repositories", $"Name the repositories it is for, at most {Tokens.TokenScopes.MostRepositories}.");

        var made = await contexts.UndisturbedAsync(record => MakeAsync(record, request, name, purpose, actor, cancellationToken), cancellationToken);
        if (!made.Succeeded(out var repositories, out var refusal))
            return refusal;
        foreach (var repository in repositories)
            await changes.PublishAsync(repository.Id);
        return new ServiceAccountView(name, purpose, actor.Name!.Value, IsWorking: true, [.. repositories.Select(repository => new ServiceGrant(repository.Name, request.Access))], []);
    }

    private async Task<Outcome<List<Repository>>> MakeAsync(
        RecordContext record, NewServiceAccount request, UserName name, string purpose, Actor actor, CancellationToken cancellationToken)
    {
        if (await record.Users.WithName(name).AnyAsync(cancellationToken))
            return Refusal.Conflict($"The user name '{name}' is taken; choose another.", "name");
        if (await record.Users.CountAsync(user => user.SponsorId == actor.UserId && user.Kind == UserKind.Service && user.Status == UserStatus.Active, cancellationToken) >= MostPerPerson)
            return Refusal.Conflict($"You have {MostPerPerson} service accounts already; end one that is no longer used.");
        var now = time.GetUtcNow();
        var account = new User
        {
            Id = Guid.CreateVersion7(now),
            UserName = name.Value,
            NormalizedUserName = UserQueries.Normalize(name.Value),
            DisplayName = purpose,
            Kind = UserKind.Service,
            SponsorId = actor.UserId,
            CreatedAt = now,
            LockoutEnabled = true,
            SecurityStamp = Accounts.NewSecurityStamp(),
        };
        record.Add(account);
        record.Add(AuditEntry.Of(now, actor, AuditAction.UserAdded, name.Value, detail: new { kind = Spelling.Of(account.Kind), purpose }));
        var granted = new List<Repository>();
        foreach (var text in request.Repositories.Distinct(StringComparer.Ordinal))
        {
            var found = await record.FindManagedAsync(text, actor, "give a service account access", cancellationToken);
            if (!found.Succeeded(out var repository, out var refusal))
                return refusal.Kind == RefusalKind.NotFound ? Refusal.Invalid("repositories", $"There is no repository '{text}', or you have no access to it.") : refusal;
            Grants.Give(repository, account, new NewGrant(request.Access), actor, now);
            record.Add(AuditEntry.Of(now, actor, AuditAction.MemberSet, name.Value, repository.Id, new { access = Spelling.Of(request.Access) }));
            granted.Add(repository);
        }

        await record.SaveChangesAsync(cancellationToken);
        return granted;
    }
}
