namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>The address of an invitation's page on this site.</summary>
internal static class InvitationLink
{
    private const string Root = "/invitations/";

    internal static string Of(string secret) => Root + Uri.EscapeDataString(secret);

    /// <summary>The secret or code in such an address; null when the address is another one.</summary>
    internal static string? SecretIn(string? address) => address?.StartsWith(Root, StringComparison.Ordinal) is true
        ? Uri.UnescapeDataString(address[Root.Length..].Split('?', '#', '/')[0])
        : null;
}
