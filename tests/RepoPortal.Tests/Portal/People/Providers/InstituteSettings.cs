namespace RepoPortal.Tests.Portal.People.Providers;

/// <summary>A provider that is configured, and not there.</summary>
internal static class InstituteSettings
{
    internal const string Key = "institute";

    internal static readonly (string Key, string Value)[] All =
    [
        ("RepoPortal:SignIn:Providers:institute:Name", "Institute"),
        ("RepoPortal:SignIn:Providers:institute:Authority", "http://localhost:9/"),
        ("RepoPortal:SignIn:Providers:institute:ClientId", "portal"),
        ("RepoPortal:SignIn:Providers:institute:GroupsClaim", "groups"),
        ("RepoPortal:SignIn:Providers:institute:Groups:0:Claim", "urn:ice:drillers"),
        ("RepoPortal:SignIn:Providers:institute:Groups:0:Name", "drillers"),
    ];
}
