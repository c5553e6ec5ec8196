using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>What a link in a mail proves. It is bound to the security stamp, hence good for one use, and lapses sooner than a link handed over by an administrator.</summary>
internal sealed class MailedLinkProvider(IDataProtectionProvider protection, IOptions<MailedLinkOptions> options, ILogger<DataProtectorTokenProvider<User>> logger)
    : DataProtectorTokenProvider<User>(protection, options, logger)
{
    internal new const string Name = "MailedLink";
}

/// <summary>How long such a link lasts.</summary>
internal sealed class MailedLinkOptions : DataProtectionTokenProviderOptions
{
    internal const int Hours = 4;

    public MailedLinkOptions()
    {
        Name = MailedLinkProvider.Name;
        TokenLifespan = TimeSpan.FromHours(Hours);
    }
}
