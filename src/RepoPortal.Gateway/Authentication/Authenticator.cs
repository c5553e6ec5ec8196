using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Throttling;

namespace RepoPortal.Gateway.Authentication;

/// <summary>Finds out who is asking, from the <c>Authorization</c> header alone.</summary>
internal sealed class Authenticator(AccessSnapshots snapshots, FailedAttempts failures, TimeProvider time, ILogger<Authenticator> log)
{
    /// <summary>
    /// A right token is always taken, however many wrong ones were shown for its name or from its address: whoever tries tokens must not lock anybody out.
    /// So one that has a token's form and checksum is looked up first, and only what is not valid is slowed down.
    /// </summary>
    /// <exception cref="PortalUnavailableException">The portal could not be asked.</exception>
    internal async ValueTask<Caller> Authenticate(StringValues authorization, IPAddress? address, CancellationToken cancellationToken)
    {
        if (authorization.Count == 0)
            return default;
        var wellFormed = BasicCredentials.TryParse(authorization is [var single] ? single : null, out var credentials);
        var name = credentials.Name ?? "";
        var isToken = AccessToken.TryParse(wellFormed ? credentials.Password : null, out var token);
        var digest = isToken ? token!.Digest : default;
        var holder = isToken ? await snapshots.FindToken(digest, cancellationToken) : null;
        if (Refuse(holder, name) is not { } refusal)
            return new Caller(holder, digest, null);

        if (failures.WaitOf(address, name) is { } wait)
            return new Caller(null, default, Refusal.TooManyFailures(wait));
        await failures.Fail(address, name, cancellationToken);
        log.LogInformation("failed attempt to sign in as {User} from {Address}", UserName.TryParse(name, out var user, out _) ? user.Value : "(no user name)", address);
        return new Caller(null, default, refusal);
    }

    private Refusal? Refuse(TokenHolder? holder, string name)
    {
        if (holder is null || !string.Equals(holder.User.Value, name, StringComparison.Ordinal))
            return Refusal.WrongCredentials;
        return holder.ExpiresAt <= time.GetUtcNow() ? Refusal.TokenExpired : null;
    }
}
