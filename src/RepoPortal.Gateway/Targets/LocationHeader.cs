namespace RepoPortal.Gateway.Targets;

/// <summary>Addresses in the back end's answers, which know neither TLS nor the port the client used.</summary>
internal static class LocationHeader
{
    /// <summary>Puts the client's origin before the path of an absolute address; httpd only ever points at itself.</summary>
    internal static string Rewrite(string location, ClientOrigin origin) =>
        AbsoluteAddress.TrySplit(location, out var absolute) ? origin + absolute.Rest.ToString() : location;
}
