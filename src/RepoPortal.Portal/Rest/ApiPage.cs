using Scalar.AspNetCore;

namespace RepoPortal.Portal.Rest;

/// <summary>The readable page about the API; everything it loads comes from this server.</summary>
internal static class ApiPage
{
    internal static void Configure(ScalarOptions options)
    {
        options.Title = "RepoPortal API";
        options.OpenApiRoutePattern = "/openapi/{documentName}.json";
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.DynamicBaseServerUrl = true;
        // These would hand the document, or what is typed beside it, to somebody else's service.
        options.DisableAgent();
        options.DisableMcp();
        options.HideClientButton();
    }
}
