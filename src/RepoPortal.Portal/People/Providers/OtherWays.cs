using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Whether somebody could still sign in if one way were taken from them.</summary>
internal static class OtherWays
{
    /// <param name="except">The key of the provider that is to be taken off.</param>
    internal static async Task<bool> HasAsync(RecordContext record, User user, string except, CancellationToken cancellationToken)
    {
        if (await record.ExternalIdentities.AnyAsync(identity => identity.UserId == user.Id && identity.Provider != except && identity.DisabledAt == null, cancellationToken))
            return true;
        return (await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(user.Kind)
            && (user.PasswordHash is not null || await record.Set<IdentityUserPasskey<Guid>>().AnyAsync(passkey => passkey.UserId == user.Id, cancellationToken));
    }
}
