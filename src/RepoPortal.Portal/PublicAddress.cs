using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal;

/// <summary>Makes the addresses that people are shown and sent.</summary>
/// <param name="options">The configured address, if there is one.</param>
/// <param name="http">The request that is being answered, if there is one.</param>
/// <param name="data">Where the server left the address it listens on: for itself at its start, and for commands beside it.</param>
internal sealed class PublicAddress(IOptions<PortalOptions> options, IHttpContextAccessor http, DataDirectory data)
{
    /// <summary>Where no server has run yet.</summary>
    private const string Fallback = "http://localhost:8080";

    /// <summary>The portal's root, without a slash at the end.</summary>
    internal string Root =>
        options.Value.PublicUrl is { Length: > 0 } configured ? configured.TrimEnd('/')
        : http.HttpContext?.Request is { Host.HasValue: true } request ? $"{request.Scheme}://{request.Host}"
        : File.Exists(data.AddressFile) ? File.ReadAllText(data.AddressFile).TrimEnd('/', '\n')
        : Fallback;

    /// <summary>What svn clients check out.</summary>
    internal string Svn(RepositoryName name) => $"{Root}/repos/{name}";

    /// <summary>Where an invitation is accepted.</summary>
    internal string Invitation(string secret) => $"{Root}/invitations/{secret}";

    /// <summary>Where an invitation's code is typed.</summary>
    internal string InvitationCode => $"{Root}/invitation";

    /// <summary>Where a collaborator is renewed, or ended.</summary>
    internal string Collaborator(UserName user) => $"{Root}/collaborators?user={user}";

    /// <summary>Where somebody chooses a password.</summary>
    internal string SetPassword(UserName user, string code) => $"{Root}/set-password?user={user}&code={code}";

    /// <summary>Where a changed e-mail address is confirmed.</summary>
    internal string EmailChange(string secret) => $"{Root}/confirm-email/{secret}";

    /// <summary>Where somebody goes on who came from a provider and had to prove an address.</summary>
    internal string FirstSignIn(string proof, string returnUrl) => Root + LocalAddress.Of(FirstSignInPage.Address, ("proof", proof), ("returnUrl", returnUrl));

    /// <summary>Where the first administrator is made.</summary>
    internal string FirstAdministrator(string code) => $"{Root}/setup?code={code}";
}
