namespace RepoPortal.SystemTests.Fixtures;

/// <summary>Makes the repository <c>lab</c>, part of which is hidden from some people. Whatever is hidden has a secret of <see cref="PathRulesServer"/> in its name, content, message or property.</summary>
internal static class RuledRepository
{
    public static async Task MakeAsync(SharedServer shared)
    {
        using var api = shared.Api("owner");
        await api.CreateReadyAsync("lab", "private", "standard");
        foreach (var (who, access) in ((string, string)[])[("limited-writer", "write"), ("limited-reader", "read"), ("suspended", "write"), ("ended", "write")])
            await api.ExpectAsync(HttpMethod.Put, $"repositories/lab/members/{who}", new { access });
        await FillAsync(shared, shared.Url("lab"));
        await api.ExpectAsync(HttpMethod.Put, "repositories/lab/rules", new
        {
            rules = new[]
            {
                new { path = "/" + PathRulesServer.Hidden, who = "user:limited-writer", access = "none" },
                new { path = "/" + PathRulesServer.Hidden, who = "user:limited-reader", access = "none" },
                new { path = "/trunk/open", who = "user:path-reader", access = "read" },
                new { path = "/trunk/open/public", who = "anyone", access = "read" },
            },
        });
    }

    private static async Task FillAsync(SharedServer shared, string url)
    {
        using var scratch = new Scratch();
        var svn = shared.Client(scratch.Path, "owner");
        await svn.RunAsync("mkdir", "-q", "--parents", $"{url}/trunk/open/public", $"{url}/{PathRulesServer.Hidden}", "-m", "places");
        await svn.RunAsync("checkout", "-q", $"{url}/trunk", "wc");
        await WriteAsync("vault/blueprint.txt", "XYLOPHONE one\n");
        await svn.RunAsync("add", "-q", "wc/vault/blueprint.txt");
        await svn.RunAsync("propset", "-q", "note", "XYLOPHONE", "wc/vault/blueprint.txt");
        await svn.RunAsync("commit", "-q", "wc", "-m", "The blueprint is in the vault");
        await WriteAsync("vault/blueprint.txt", "XYLOPHONE two\n");
        await WriteAsync("open/readme.txt", "open one\n");
        await WriteAsync("open/public/news.txt", "news\n");
        await svn.RunAsync("add", "-q", "wc/open/readme.txt", "wc/open/public/news.txt");
        await svn.RunAsync("commit", "-q", "wc", "-m", "A readme, and another blueprint");
        await WriteAsync("open/readme.txt", "open two\n");
        await svn.RunAsync("commit", "-q", "wc", "-m", "A better readme");
        // What is hidden in the trunk has a namesake here that is not.
        await svn.RunAsync("copy", "-q", "-m", "A branch", $"{url}/trunk", $"{url}/branches/plain");
        await svn.RunAsync("lock", "-q", "wc/vault/blueprint.txt", "-m", "XYLOPHONE");

        Task WriteAsync(string path, string content) => File.WriteAllTextAsync(scratch[$"wc/{path}"], content);
    }
}
