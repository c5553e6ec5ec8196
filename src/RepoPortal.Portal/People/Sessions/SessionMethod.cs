namespace RepoPortal.Portal.People.Sessions;

/// <summary>How somebody signed in, as <see cref="UserSession.Method"/> spells it. Anything else is the key of a provider.</summary>
internal static class SessionMethod
{
    internal const string Password = "password";
    internal const string PasswordAndCode = "password+code";
    internal const string Passkey = "passkey";
}
