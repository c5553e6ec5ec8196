namespace RepoPortal.Tests.Fixtures;

/// <summary>The hook program as it ships, beside the published server (<c>REPOPORTAL_APP</c>, set by <c>infra/test</c>).</summary>
internal static class PublishedHook
{
    public static string Path { get; } = System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("REPOPORTAL_APP") ?? throw new InvalidOperationException("Set REPOPORTAL_APP to the publish output, or run infra/test, which does."),
        "repoportal-hook");
}
