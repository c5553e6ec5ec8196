using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.People.Email;

/// <summary>A change of address as the page behind its links shows it.</summary>
/// <param name="UserName">Whose address.</param>
/// <param name="Email">The new one.</param>
/// <param name="IsPresent">True for the link sent to the present address.</param>
/// <param name="IsConfirmed">Whether this link was followed before.</param>
public sealed record EmailChangeView(string UserName, string Email, bool IsPresent, bool IsConfirmed);

/// <summary>Takes the two confirmations of a new e-mail address, in either order; with the second the address changes.</summary>
internal sealed class ConfirmEmailChange(IDbContextFactory<RecordContext> contexts, Outbox outbox, TimeProvider time)
{
    private static readonly Refusal Stale = Refusal.Gone("This link has been used or has expired; ask for the change again.");

    /// <summary>What the link is about.</summary>
    internal async Task<Outcome<EmailChangeView>> ViewAsync(string? secret, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(record, secret, cancellationToken) is { } found
            ? new EmailChangeView(found.User.UserName!, found.Change.Email, found.IsPresent, (found.IsPresent ? found.Change.PresentConfirmedAt : found.Change.NewConfirmedAt) is not null)
            : Stale;
    }

    /// <summary>Confirms.</summary>
    /// <returns>True when the address is changed now; false while the other confirmation is missing.</returns>
    internal async Task<Outcome<bool>> ExecuteAsync(string? secret, CancellationToken cancellationToken)
    {
        var confirmed = await contexts.UndisturbedAsync(record => ConfirmAsync(record, secret, cancellationToken), cancellationToken);
        outbox.Wake();
        return confirmed;
    }

    private async Task<Outcome<bool>> ConfirmAsync(RecordContext record, string? secret, CancellationToken cancellationToken)
    {
        if (await FindAsync(record, secret, cancellationToken) is not { } found)
            return Stale;
        var (change, user, now) = (found.Change, found.User, time.GetUtcNow());
        if (found.IsPresent)
            change.PresentConfirmedAt ??= now;
        else
            change.NewConfirmedAt ??= now;
        var isComplete = change is { PresentConfirmedAt: not null, NewConfirmedAt: not null };
        if (isComplete && !await ApplyAsync(record, change, user, now, cancellationToken))
            return Stale;
        await record.SaveChangesAsync(cancellationToken);
        return isComplete;
    }

    private async Task<bool> ApplyAsync(RecordContext record, EmailChange change, User user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(change.Email, out var email, out _) || await record.Users.WithEmail(email).AnyAsync(cancellationToken))
            return false;
        var old = user.Email!;
        (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (email.Value, email.Normalized, true);
        user.ConcurrencyStamp = Accounts.NewSecurityStamp();
        record.Remove(change);
        outbox.Add(record, EmailChangeMail.ToOld(old, user));
        record.Add(AuditEntry.Of(now, Actor.Of(user), AuditAction.EmailChanged, user.UserName!, detail: new { before = old, after = email.Value }));
        return true;
    }

    private async Task<(EmailChange Change, User User, bool IsPresent)?> FindAsync(RecordContext record, string? secret, CancellationToken cancellationToken)
    {
        var (digest, now) = (TokenDigest.Of(secret ?? ""), time.GetUtcNow());
        var change = await record.EmailChanges.SingleOrDefaultAsync(row => row.PresentSecret == digest || row.NewSecret == digest, cancellationToken);
        if (change is null || change.ExpiresAt <= now)
            return null;
        var user = await record.Users.SingleAsync(row => row.Id == change.UserId, cancellationToken);
        return user.IsActive(now) ? (change, user, change.PresentSecret == digest) : null;
    }
}
