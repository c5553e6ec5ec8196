using System.Security.Cryptography;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.FirstAdministrator;

/// <summary>Makes the first administrator for whoever can read the server's output, once.</summary>
internal sealed class CreateFirstAdministrator(
    IDbContextFactory<RecordContext> contexts, Accounts accounts, PublicAddress address, TimeProvider time)
{
    private const int CodeBytes = 20;

    private static readonly Refusal Used = Refusal.Gone("This code is not valid (any more); the server prints a new one when it starts without an administrator.");

    /// <summary>A fresh link, replacing earlier ones; null when there is an administrator already. Called at start, which prints it.</summary>
    internal async Task<string?> IssueLinkAsync(CancellationToken cancellationToken)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes));
        var issued = await contexts.UndisturbedAsync(record => IssueAsync(record, TokenDigest.Of(code), cancellationToken), cancellationToken);
        return issued ? address.FirstAdministrator(code) : null;
    }

    /// <summary>Whether a link with this code would work now.</summary>
    internal async Task<bool> IsValidAsync(string? code, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(record, code, cancellationToken) is not null;
    }

    /// <summary>Uses the code. Of two people at once, one becomes administrator and the other is refused.</summary>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? code, NewAccount account, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(record, code, cancellationToken) is not { } valid)
            return Used;
        var prepared = await accounts.PrepareAsync(account with { Kind = UserKind.Internal, IsAdministrator = true });
        if (!prepared.Succeeded(out var user, out var refusal))
            return refusal;
        record.Remove(valid);
        record.Add(user);
        record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.Of(user), AuditAction.UserAdded, user.UserName!, detail: new { firstAdministrator = true }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Used;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await Accounts.RefuseTakenAsync(record, user, cancellationToken);
        }

        return PersonView.Of(user);
    }

    private static async Task<bool> IssueAsync(RecordContext record, TokenDigest digest, CancellationToken cancellationToken)
    {
        var stored = await record.FirstAdministratorCodes.SingleOrDefaultAsync(cancellationToken);
        var isNeeded = !await record.Users.AnyAsync(user => user.IsAdministrator, cancellationToken);
        if (stored is not null && isNeeded)
            stored.Digest = digest;
        else if (stored is not null)
            record.Remove(stored);
        else if (isNeeded)
            record.Add(new FirstAdministratorCode { Id = FirstAdministratorCode.OnlyId, Digest = digest });
        await record.SaveChangesAsync(cancellationToken);
        return isNeeded;
    }

    private static async Task<FirstAdministratorCode?> FindAsync(RecordContext record, string? code, CancellationToken cancellationToken)
    {
        var digest = TokenDigest.Of(code ?? "");
        var stored = await record.FirstAdministratorCodes.SingleOrDefaultAsync(row => row.Digest == digest, cancellationToken);
        return stored is not null && !await record.Users.AnyAsync(user => user.IsAdministrator, cancellationToken) ? stored : null;
    }
}
