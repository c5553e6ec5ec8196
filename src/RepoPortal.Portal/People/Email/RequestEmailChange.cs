using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Invitations;

namespace RepoPortal.Portal.People.Email;

/// <summary>Asks for another e-mail address of one's own account: a link goes to the present one and one to the new one, and both are needed.</summary>
internal sealed class RequestEmailChange(IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, TimeProvider time)
{
    // So that nobody's mailbox is filled from here.
    private const int MostPerDay = 5;

    /// <param name="email">The new address as typed.</param>
    /// <param name="actor">Whose address.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string? email, Actor actor, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, out var wanted, out var sentence))
            return Refusal.Invalid("email", sentence);
        var asked = await contexts.UndisturbedAsync(record => AskAsync(record, wanted, actor, cancellationToken), cancellationToken);
        outbox.Wake();
        return asked;
    }

    private async Task<Outcome<Done>> AskAsync(RecordContext record, EmailAddress wanted, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = await record.Users.SingleAsync(row => row.Id == actor.UserId, cancellationToken);
        if (user.NormalizedEmail == wanted.Normalized)
            return Refusal.Invalid("email", "This is your address already.");
        var yesterday = now.AddDays(-1);
        if (await record.Audit.CountAsync(
            entry => entry.Action == AuditAction.EmailChangeAsked && entry.Subject == user.UserName && entry.At > yesterday, cancellationToken) >= MostPerDay)
        {
            return Refusal.Conflict("You asked for this several times today; try again tomorrow.", "email");
        }

        var (present, fresh) = (InvitationSecret.Create(), InvitationSecret.Create());
        record.RemoveRange(await record.EmailChanges.Where(change => change.UserId == user.Id).ToListAsync(cancellationToken));
        await record.SaveChangesAsync(cancellationToken);
        record.Add(new EmailChange
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Email = wanted.Value,
            PresentSecret = TokenDigest.Of(present),
            NewSecret = TokenDigest.Of(fresh),
            ExpiresAt = now + EmailChange.Lifetime,
        });
        var isTaken = await record.Users.WithEmail(wanted).AnyAsync(cancellationToken);
        var isSent = outbox.Add(record, EmailChangeMail.ToPresent(user, wanted, address.EmailChange(present)))
            & outbox.Add(record, isTaken ? EmailChangeMail.ToTaken(wanted) : EmailChangeMail.ToNew(user, wanted, address.EmailChange(fresh)));
        if (!isSent)
            return Refusal.Conflict("This server sends no mail, so an address cannot be confirmed; ask an administrator.");
        record.Add(AuditEntry.Of(now, actor, AuditAction.EmailChangeAsked, user.UserName!, detail: new { wanted = wanted.Value }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
