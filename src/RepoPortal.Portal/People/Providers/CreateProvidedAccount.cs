using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Providers;

/// <summary>The account that somebody wants who came from a provider.</summary>
/// <param name="Name">The user name as typed.</param>
/// <param name="DisplayName">The name for people; empty: the user name.</param>
/// <param name="Affiliation">The institution they come from; may be empty.</param>
/// <param name="ReturnUrl">Where they wanted to go: an invitation, perhaps.</param>
/// <param name="Proof">What a link in a mail has proven about their address; null when none was followed.</param>
internal sealed record ProvidedAccount(string? Name, string? DisplayName, string? Affiliation, string? ReturnUrl, string? Proof);

/// <summary>Makes an account at somebody's first sign-in through a provider, and signs them in. Never with an address that nobody has verified.</summary>
internal sealed class CreateProvidedAccount(
    IDbContextFactory<RecordContext> contexts, Accounts accounts, ViewFirstSignIn first, RefreshTokens tokens, FollowProvider follow, BeginSession begin, TimeProvider time)
{
    internal async Task<Outcome<PersonView>> ExecuteAsync(ReturnedPerson returned, ProvidedAccount wanted, CancellationToken cancellationToken)
    {
        var said = returned.Identity;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var invitation = await first.FindInvitationAsync(record, wanted.ReturnUrl, cancellationToken);
        if (!first.Kind(said, invitation).Succeeded(out var arrival, out var refusal))
            return refusal;
        if (first.AddressOf(said, invitation, wanted.Proof) is not { } email)
            return Refusal.Invalid("email", "It is not known yet whether this address is yours; have a link sent to it.");
        var account = new NewAccount(wanted.Name ?? "", email.Value, wanted.DisplayName, Password: null, arrival.Kind, Affiliation: wanted.Affiliation);
        if (!(await accounts.PrepareAsync(account)).Succeeded(out var user, out refusal))
            return refusal;

        var now = time.GetUtcNow();
        user.EmailConfirmed = true;
        if (arrival.Kind == UserKind.External)
        {
            user.SponsorId = invitation?.InviterId;
            ExternalTerm.Begin(user, ExternalTerm.EndOf(await record.PolicyAsync(cancellationToken), now), now);
        }

        record.Add(user);
        record.Add(JoinIdentity.Row(said, user.Id, returned.RefreshToken is { } token ? tokens.Protect(token) : null, now));
        record.Add(AuditEntry.Of(now, Actor.Of(user), AuditAction.UserAdded, user.UserName!, detail: new { kind = Spelling.Of(user.Kind), provider = said.Provider }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await RefuseAsync(record, said, user, cancellationToken);
        }

        // The groups that the provider named, by the way that every later sign-in takes.
        await follow.ExecuteAsync(said, refreshToken: null, isSignIn: true, cancellationToken);
        return await begin.ExecuteAsync(user, said.Provider, remember: false, cancellationToken);
    }

    private static async Task<Refusal> RefuseAsync(RecordContext record, ProvidedIdentity said, User user, CancellationToken cancellationToken)
    {
        var isJoined = await record.ExternalIdentities.AnyAsync(row => row.Provider == said.Provider && row.Subject == said.Subject, cancellationToken);
        return isJoined ? Refusal.Conflict("Your account is there already; sign in once more.") : await Accounts.RefuseTakenAsync(record, user, cancellationToken);
    }
}
