namespace RepoPortal.Portal.Shell;

/// <summary>What the signed-in person's claims are called.</summary>
internal static class Roles
{
    internal const string Administrator = "administrator";

    internal static string DisplayName(this System.Security.Claims.ClaimsPrincipal person) =>
        person.FindFirst("display_name")?.Value ?? person.Identity?.Name ?? "";
}
