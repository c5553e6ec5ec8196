using Microsoft.AspNetCore.Http;

namespace RepoPortal.Gateway.Refusals;

/// <summary>Keeps what is in a repository from acting as a page of the portal, on whose origin it is served.</summary>
internal static class ContentIsolation
{
    internal static void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "sandbox";
        headers.XContentTypeOptions = "nosniff";
    }
}
