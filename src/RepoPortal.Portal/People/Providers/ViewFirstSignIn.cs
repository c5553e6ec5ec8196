using RepoPortal.Portal.Repositories.Invitations;

namespace RepoPortal.Portal.People.Providers;

/// <summary>What somebody who is here for the first time is asked.</summary>
/// <param name="Kind">What they will be.</param>
/// <param name="IsInvited">Whether they are on the way to an invitation that is open.</param>
/// <param name="Email">The address that is known to be theirs; null when they have to say one and prove it.</param>
/// <param name="HasAccount">True when that address belongs to an account, to which this identity can be joined.</param>
/// <param name="Name">A user name that is free.</param>
/// <param name="DisplayName">Their name as the provider told it.</param>
internal sealed record FirstSignInView(UserKind Kind, bool IsInvited, EmailAddress? Email, bool HasAccount, string? Name, string? DisplayName);

/// <summary>Says what is known about somebody who came from a provider for the first time, and whether they may have an account.</summary>
internal sealed class ViewFirstSignIn(IDbContextFactory<RecordContext> contexts, SignInProviders providers, AddressProofs proofs, TimeProvider time)
{
    private const int MostTries = 50;

    /// <param name="said">Who they are at the provider.</param>
    /// <param name="returnUrl">Where they wanted to go: an invitation, perhaps.</param>
    /// <param name="proof">What a link in a mail has proven; null when none was followed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<FirstSignInView>> ExecuteAsync(ProvidedIdentity said, string? returnUrl, string? proof, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var invitation = await FindInvitationAsync(record, returnUrl, cancellationToken);
        if (!Kind(said, invitation).Succeeded(out var kind, out var refusal))
            return refusal;
        var email = AddressOf(said, invitation, proof);
        var hasAccount = email is { } address && await record.Users.WithEmail(address).AnyAsync(cancellationToken);
        return new FirstSignInView(kind.Kind, invitation is not null, email, hasAccount, await SuggestAsync(record, said, cancellationToken), said.Name);
    }

    /// <summary>The open invitation that they are on the way to; null when they are not.</summary>
    internal async Task<Invitation?> FindInvitationAsync(RecordContext record, string? returnUrl, CancellationToken cancellationToken) =>
        InvitationLink.SecretIn(returnUrl) is { } secret
        && await InvitationRules.FindAsync(record.Invitations.AsNoTracking(), secret, cancellationToken) is { } invitation
        && InvitationRules.RefuseOver(invitation, time.GetUtcNow()) is null
            ? invitation
            : null;

    /// <summary>What they are made, or why they are made nothing.</summary>
    internal Outcome<Arrival> Kind(ProvidedIdentity said, Invitation? invitation) => providers.KindOf(said) switch
    {
        ArrivalKind.Internal => new Arrival(UserKind.Internal),
        ArrivalKind.Invited when invitation is null =>
            Refusal.Forbidden($"{providers.NameOf(said.Provider)} knows you, but accounts for people like you are made by invitation only. Open the link in your invitation and sign in from there."),
        _ => new Arrival(UserKind.External),
    };

    /// <summary>An invitation that was mailed to an address proves it to be theirs, as does the provider's word, or a link of ours.</summary>
    internal EmailAddress? AddressOf(ProvidedIdentity said, Invitation? invitation, string? proof) =>
        invitation is not null && EmailAddress.TryParse(invitation.Email, out var invited, out _) ? invited : said.VerifiedEmail ?? proofs.Read(proof, said);

    /// <summary>What they are called at the provider, made into a user name that is free; null when nothing is left of it.</summary>
    private static async Task<string?> SuggestAsync(RecordContext record, ProvidedIdentity said, CancellationToken cancellationToken)
    {
        var told = (said.UserName ?? said.Name ?? "").Split('@')[0].Split('#')[0].ToLowerInvariant();
        var letters = string.Concat(told.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).TrimStart("-_.0123456789".ToCharArray()).TrimEnd('-', '_', '.');
        var stem = letters.Length > UserName.MaxLength - 2 ? letters[..(UserName.MaxLength - 2)] : letters;
        for (var number = 1; number <= MostTries; number++)
        {
            var suggestion = number == 1 ? stem : $"{stem}{number}";
            if (!UserName.TryParse(suggestion, out var name, out _))
                return null;
            if (!await record.Users.WithName(name).AnyAsync(cancellationToken))
                return name.Value;
        }

        return null;
    }
}

/// <summary>What somebody is made.</summary>
/// <param name="Kind">Of the house or from elsewhere.</param>
internal sealed record Arrival(UserKind Kind);
