using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.Sessions;

/// <summary>Signs somebody in whose identity is proven, by whatever method: writes the session's row and sets its cookie.</summary>
internal sealed class BeginSession(IDbContextFactory<RecordContext> contexts, UserClaims claims, IHttpContextAccessor http, TimeProvider time)
{
    /// <param name="user">Who was proven to be there.</param>
    /// <param name="method">One of <see cref="SessionMethod"/>, or the key of a provider.</param>
    /// <param name="remember">Whether the session outlives the browser.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Who is signed in, or why they are not let in.</returns>
    internal async Task<Outcome<PersonView>> ExecuteAsync(User user, string method, bool remember, CancellationToken cancellationToken)
    {
        var context = http.HttpContext ?? throw new InvalidOperationException("a session begins with a request");
        var (now, visitor) = (time.GetUtcNow(), Visitor.Of(context));
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (Refuse(user, now) is { } refusal)
        {
            record.Add(SessionAudit.Refused(now, user, method, visitor, refusal.Sentence));
            await record.SaveChangesAsync(cancellationToken);
            return refusal;
        }

        // A browser that signs in anew leaves the session it had.
        if (context.User.GetSessionId() is { } previous && await record.Sessions.SingleOrDefaultAsync(row => row.Id == previous && row.EndedAt == null, cancellationToken) is { } left)
            left.EndedAt = now;
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Method = method,
            Address = visitor.Address,
            Browser = visitor.Browser,
            CreatedAt = now,
            LastSeenAt = now,
        };
        record.Add(session);
        record.Add(AuditEntry.Of(now, Actor.Of(user), AuditAction.SessionBegun, user.UserName!, detail: new { session.Id, method, visitor.Address, visitor.Browser }));
        await record.SaveChangesAsync(cancellationToken);
        await record.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(seen => seen.LastSeenAt, now), cancellationToken);

        var principal = new ClaimsPrincipal(claims.Identity(user, session.Id));
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties { IsPersistent = remember });
        return PersonView.Of(user);
    }

    private static Refusal? Refuse(User user, DateTimeOffset now) => user switch
    {
        { Kind: UserKind.Service } => Refusal.Forbidden("A service account works with tokens and does not sign in."),
        { Status: UserStatus.Suspended } => Refusal.Forbidden("This account is suspended; ask an administrator."),
        { Status: UserStatus.Disabled } => Refusal.Forbidden("Your institution does not vouch for you any more; sign in through it once, or ask an administrator."),
        _ when !user.IsActive(now) => Refusal.Forbidden("This account's time is over; ask whoever invited you to renew it."),
        _ => null,
    };
}
