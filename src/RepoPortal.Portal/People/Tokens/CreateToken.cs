using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>A token that somebody wants.</summary>
/// <param name="Label">What they call it; empty: "token".</param>
/// <param name="ReadOnly">Whether it may only read.</param>
/// <param name="Days">How long it lives: 1 to 3650; null for a year, or for as long as the token lives that it is made with.</param>
/// <param name="Repositories">The names of the only repositories it is good for; null or empty for all that its person may reach.</param>
/// <param name="ExpiresAt">When it ends, in place of <paramref name="Days"/>.</param>
public sealed record NewToken(
    string? Label, bool ReadOnly, int? Days = null, IReadOnlyCollection<string>? Repositories = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A token that was just made.</summary>
/// <param name="Secret">Its text, which is shown this once.</param>
/// <param name="Token">What is kept of it.</param>
public sealed record CreatedToken(string Secret, TokenView Token);

/// <summary>Makes an access token for svn clients and the API.</summary>
internal sealed class CreateToken(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal const int MostPerUser = 100;

    /// <summary>Makes one for oneself.</summary>
    internal Task<Outcome<CreatedToken>> ExecuteAsync(NewToken request, Actor actor, CancellationToken cancellationToken) =>
        actor.Name is { } owner
            ? ExecuteAsync(owner, request, actor, cancellationToken)
            : throw new ArgumentException("nobody in particular cannot have a token", nameof(actor));

    /// <summary>Makes one for somebody. The caller has made sure that the actor may.</summary>
    internal async Task<Outcome<CreatedToken>> ExecuteAsync(UserName owner, NewToken request, Actor actor, CancellationToken cancellationToken)
    {
        var label = request.Label?.Trim() is { Length: > 0 } given ? given : "token";
        if (PlainText.Refuse(label, "The name of a token", UserToken.MaxLabelLength) is { } sentence)
            return Refusal.Invalid("label", sentence);
        var now = time.GetUtcNow();
        if (!TokenEnd.Of(request, actor.Token, now).Succeeded(out var end, out var endRefusal))
            return endRefusal;
        if (TokenPower.RefuseMore(request, end, actor.Token) is { } more)
            return more;

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Users.WithName(owner).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return Refusal.NotFound($"There is nobody called '{owner}' here.");
        if (user.Status != UserStatus.Active)
            return Refusal.Conflict($"'{owner}' is {Spelling.Of(user.Status)} and cannot have tokens.");
        if (!(await TokenScopes.FindAsync(record, request.Repositories, user, actor, cancellationToken)).Succeeded(out var repositories, out var unknown))
            return unknown;
        if (await record.Tokens.CountAsync(row => row.UserId == user.Id && row.RevokedAt == null && row.ExpiresAt > now, cancellationToken) >= MostPerUser)
            return Refusal.Conflict($"There are {MostPerUser} tokens already; revoke one that is no longer used.");

        var secret = AccessToken.Create();
        var id = Guid.CreateVersion7(now);
        var token = new UserToken
        {
            Id = id,
            UserId = user.Id,
            Label = label,
            Digest = secret.Digest,
            ReadOnly = request.ReadOnly,
            IsScoped = repositories.Count > 0,
            Scopes = [.. repositories.Select(repository => new TokenScope { TokenId = id, RepositoryId = repository.Id })],
            CreatedAt = now,
            ExpiresAt = end,
        };
        var names = token.IsScoped ? repositories.Select(repository => repository.Name).ToArray() : null;
        var told = new { token.Id, label, token.ReadOnly, token.ExpiresAt, repositories = names?.Select(name => name.Value) };
        record.Add(token);
        record.Add(AuditEntry.Of(now, actor, AuditAction.TokenCreated, owner.Value, detail: told));
        await record.SaveChangesAsync(cancellationToken);
        return new CreatedToken(secret.Text, TokenView.Of(token, names));
    }
}
