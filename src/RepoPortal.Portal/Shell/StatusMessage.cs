using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Shell;

/// <summary>What a page says once, after a form was accepted and the browser was sent on to a page that may be reloaded.</summary>
/// <remarks>
/// Carried by a cookie that the next page takes away. Encrypted, because it may hold a secret that is shown once, and short-lived, so that a secret
/// that was never shown is not kept.
/// </remarks>
internal sealed class StatusMessage(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Cookie = "status";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("RepoPortal.StatusMessage").ToTimeLimitedDataProtector();
    private Message? _taken;
    private bool _looked;

    /// <param name="Text">The sentence.</param>
    /// <param name="Secret">Something to be shown once on that page, such as a new token.</param>
    internal sealed record Message(string Text, string? Secret);

    /// <summary>The message left by the request before this one; taken by being read.</summary>
    internal Message? Taken
    {
        get
        {
            if (!_looked)
                _taken = Take();
            _looked = true;
            return _taken;
        }
    }

    /// <summary>Whether the next page has something to say once.</summary>
    internal static bool IsWaiting(HttpContext context) => context.Request.Cookies.ContainsKey(Cookie);

    /// <summary>Leaves a message for the page that the browser is now sent to.</summary>
    internal void Leave(string text, string? secret = null) =>
        Context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(new Message(text, secret)), Lifetime), Options);

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("a status message belongs to a request");

    private CookieOptions Options => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = Context.Request.IsHttps,
        MaxAge = Lifetime,
    };

    // A POST renders the page too, before it sends the browser on: only what is really read by somebody takes the message.
    private Message? Take()
    {
        if (!HttpMethods.IsGet(Context.Request.Method) || Context.Response.HasStarted || Context.Request.Cookies[Cookie] is not { } text)
            return null;
        Context.Response.Cookies.Delete(Cookie, Options);
        try
        {
            return JsonSerializer.Deserialize<Message>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null; // too old, or not ours
        }
    }
}
