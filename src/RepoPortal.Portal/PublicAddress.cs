using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal;

/// <summary>Makes the addresses that people are shown and sent.</summary>
/// <param name="options">The configured address, if there is one.</param>
/// <param name="http">The request that is being answered, if there is one.</param>
/// <param name="server">The web server; null in a command.</param>
internal sealed class PublicAddress(IOptions<PortalOptions> options, IHttpContextAccessor http, IServer? server = null)
{
    /// <summary>Used where neither the setting nor a request tells: commands on a machine with the default port.</summary>
    private const string Fallback = "http://localhost:8080";

    /// <summary>The portal's root, without a slash at the end.</summary>
    internal string Root =>
        options.Value.PublicUrl is { Length: > 0 } configured ? configured.TrimEnd('/')
        : http.HttpContext?.Request is { Host.HasValue: true } request ? $"{request.Scheme}://{request.Host}"
        : server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? Fallback;

    /// <summary>What svn clients check out.</summary>
    internal string Svn(RepositoryName name) => $"{Root}/repos/{name}";

    /// <summary>Where an invitation is accepted.</summary>
    internal string Invitation(string secret) => $"{Root}/invitations/{secret}";

    /// <summary>Where somebody chooses a password.</summary>
    internal string SetPassword(UserName user, string code) => $"{Root}/set-password?user={user}&code={code}";

    /// <summary>Where the first administrator is made.</summary>
    internal string FirstAdministrator(string code) => $"{Root}/setup?code={code}";
}
