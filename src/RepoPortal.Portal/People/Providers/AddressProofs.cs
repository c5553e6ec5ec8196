using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.Providers;

/// <summary>
/// Finds out whether an address is really that of somebody who came from a provider that does not say so: mails a link there that carries who asked, and needs
/// no row until it is followed. The link is worth nothing to anybody who is not that person at that provider.
/// </summary>
internal sealed class AddressProofs(IDbContextFactory<RecordContext> contexts, IDataProtectionProvider protection, Outbox outbox, PublicAddress address, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int FreePerNetwork = 20;
    private const int FreePerAddress = 3;
    private const int Remembered = 20_000;

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("RepoPortal.AddressProofs").ToTimeLimitedDataProtector();
    private readonly FailureCounts<string> _byNetwork = new(FreePerNetwork, Remembered, time);
    private readonly FailureCounts<string> _byAddress = new(FreePerAddress, Remembered, time);

    /// <summary>Mails the link. Whether the address is somebody's already is told to its mailbox only.</summary>
    /// <param name="said">Who asks.</param>
    /// <param name="email">The address that is to be theirs.</param>
    /// <param name="returnUrl">Where they wanted to go.</param>
    /// <param name="network">Where they ask from; who asks very often from one network, or for one address, has to wait.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> AskAsync(ProvidedIdentity said, EmailAddress email, string returnUrl, string network, CancellationToken cancellationToken)
    {
        if (_byNetwork.WaitOf(network) is not null || _byAddress.WaitOf(email.Normalized) is not null)
            return Refusal.Conflict("Several mails were asked for already; wait for them, or try again in some minutes.", "email");
        _byNetwork.Add(network);
        _byAddress.Add(email.Normalized);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var isTaken = await record.Users.WithEmail(email).AnyAsync(cancellationToken);
        var proof = _protector.Protect(JsonSerializer.Serialize(new Proof(said.Provider, said.Subject, email.Value)), Lifetime);
        if (!outbox.Add(record, isTaken ? ProviderMail.ToTaken(email) : ProviderMail.ToNew(email, address.FirstSignIn(proof, returnUrl))))
            return Refusal.Conflict("This server sends no mail, so it cannot find out whether an address is yours; ask an administrator to add your account.");
        await record.SaveChangesAsync(cancellationToken);
        outbox.Wake();
        return Done.Instance;
    }

    /// <summary>The address that a link has proven to be that person's; null when it has not.</summary>
    internal EmailAddress? Read(string? proof, ProvidedIdentity said) =>
        Open(proof) is { } opened && opened.Provider == said.Provider && opened.Subject == said.Subject && EmailAddress.TryParse(opened.Email, out var email, out _)
            ? email
            : null;

    /// <summary>Through which provider the link was asked for; null when it is none of ours, or too old.</summary>
    internal string? ProviderOf(string? proof) => Open(proof)?.Provider;

    private Proof? Open(string? proof)
    {
        try
        {
            return proof is { Length: > 0 } ? JsonSerializer.Deserialize<Proof>(_protector.Unprotect(proof)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Proof(string Provider, string Subject, string Email);
}
