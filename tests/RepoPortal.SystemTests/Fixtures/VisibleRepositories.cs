namespace RepoPortal.SystemTests.Fixtures;

/// <summary>Makes one repository per visibility, named after it, with members whose time is over among them.</summary>
internal static class VisibleRepositories
{
    public static readonly string[] Names = ["private", "internal", "public"];

    public static async Task MakeAsync(SharedServer shared)
    {
        using var api = shared.Api("owner");
        foreach (var name in Names)
        {
            await api.CreateReadyAsync(name, name, "standard");
            foreach (var (who, access) in ((string, string)[])[("writer", "write"), ("reader", "read"), ("suspended", "write"), ("ended", "write")])
                await api.ExpectAsync(HttpMethod.Put, $"repositories/{name}/members/{who}", new { access });
            await api.ExpectAsync(HttpMethod.Put, $"repositories/{name}/members/lapsed", new { access = "write", endsAt = TimeProvider.System.GetUtcNow().AddSeconds(5) });
            using var scratch = new Scratch();
            await File.WriteAllTextAsync(scratch["file"], "content\n");
            await shared.Client(scratch.Path, "owner").RunAsync("import", "-q", scratch["file"], $"{shared.Url(name)}/trunk/file", "-m", "a file");
        }
    }

    /// <summary>Waits until the time is over of those who have access for some seconds only.</summary>
    public static async Task WaitForEndsAsync(SharedServer shared)
    {
        using var api = shared.Api("owner");
        foreach (var name in Names)
        {
            await Eventually.TrueAsync(
                async () => (await api.ExpectAsync(HttpMethod.Get, $"repositories/{name}/members")).EnumerateArray().All(member => member.GetProperty("user").GetString() != "lapsed"),
                TimeSpan.FromSeconds(60));
        }
    }
}
