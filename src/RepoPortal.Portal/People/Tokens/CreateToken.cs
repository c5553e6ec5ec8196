using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>A token that somebody wants.</summary>
/// <param name="Label">What they call it; empty: "token".</param>
/// <param name="ReadOnly">Whether it may only read.</param>
/// <param name="Days">How long it lives: 1 to 3650; null for a year.</param>
public sealed record NewToken(string? Label, bool ReadOnly, int? Days);

/// <summary>A token that was just made.</summary>
/// <param name="Secret">Its text, which is shown this once.</param>
/// <param name="Token">What is kept of it.</param>
public sealed record CreatedToken(string Secret, TokenView Token);

/// <summary>Makes an access token for svn clients and the API.</summary>
internal sealed class CreateToken(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal const int MostPerUser = 100;
    private const int MostDays = 3650;
    private const int DefaultDays = 365;

    /// <summary>Makes one for oneself.</summary>
    internal Task<Outcome<CreatedToken>> ExecuteAsync(NewToken request, Actor actor, CancellationToken cancellationToken) =>
        actor.Name is { } owner
            ? ExecuteAsync(owner, request, actor, cancellationToken)
            : throw new ArgumentException("nobody in particular cannot have a token", nameof(actor));

    /// <summary>Makes one for somebody; only for the command line, which already may do anything.</summary>
    internal async Task<Outcome<CreatedToken>> ExecuteAsync(UserName owner, NewToken request, Actor actor, CancellationToken cancellationToken)
    {
        var label = request.Label?.Trim() is { Length: > 0 } given ? given : "token";
        if (PlainText.Refuse(label, "A label", UserToken.MaxLabelLength) is { } sentence)
            return Refusal.Invalid("label", sentence);
        var days = request.Days ?? DefaultDays;
        if (days is < 1 or > MostDays)
            return Refusal.Invalid("days", $"A token lives 1 to {MostDays} days.");

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Users.WithName(owner).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return Refusal.NotFound($"There is nobody called '{owner}' here.");
        if (user.Status == UserStatus.Suspended)
            return Refusal.Conflict($"'{owner}' is suspended and cannot have tokens.");
        var now = time.GetUtcNow();
        if (await record.Tokens.CountAsync(row => row.UserId == user.Id && row.RevokedAt == null && row.ExpiresAt > now, cancellationToken) >= MostPerUser)
            return Refusal.Conflict($"There are {MostPerUser} tokens already; revoke one that is no longer used.");

        var secret = AccessToken.Create();
        var token = new UserToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Label = label,
            Digest = secret.Digest,
            ReadOnly = request.ReadOnly,
            CreatedAt = now,
            ExpiresAt = now.AddDays(days),
        };
        record.Add(token);
        record.Add(AuditEntry.Of(now, actor, AuditAction.TokenCreated, owner.Value, detail: new { token.Id, label, token.ReadOnly, days }));
        await record.SaveChangesAsync(cancellationToken);
        return new CreatedToken(secret.Text, TokenView.Of(token));
    }
}
