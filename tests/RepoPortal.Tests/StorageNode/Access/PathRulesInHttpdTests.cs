using System.Net;
using CsCheck;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Rules;

namespace RepoPortal.Tests.StorageNode.Access;

/// <summary>A live httpd answers by the rendered file as the portal's model does.</summary>
public sealed class PathRulesInHttpdTests
{
    private const int RuleSets = 24;

    [Fact]
    public async Task Each_person_may_do_with_each_path_what_the_model_says()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        await httpd.CreateRepositoryAsync("alpha");
        var file = Path.Combine(httpd.Directories.Store, "alpha", "conf", "authz");
        foreach (var scenario in AccessScenario.Any.Array[RuleSets].Single())
        {
            var model = scenario.Model();
            await File.WriteAllTextAsync(file, AccessFileText.Render(model));
            // Each with connections of their own: httpd keeps what it parsed for as long as one lasts.
            await Task.WhenAll(AccessScenario.Everybody.Select(who => CheckAsync(httpd, scenario, model, who)));
        }
    }

    private static async Task CheckAsync(RunningHttpd httpd, AccessScenario scenario, AccessModel model, UserName? who)
    {
        using var client = httpd.Client(who?.Value ?? UserName.AnonymousValue);
        // Below !svn stands httpd's own address space.
        foreach (var path in scenario.Probes().Where(path => !path.StartsWith("/!svn", StringComparison.Ordinal)))
        {
            var mayRead = await IsAllowedAsync(client, HttpMethod.Get, path);
            var answer = !mayRead ? PathAccess.None : await IsAllowedAsync(client, HttpMethod.Put, path) ? PathAccess.Write : PathAccess.Read;
            Assert.True(answer == model.Check(who, path), $"{who?.Value ?? "a visitor"} {path}: httpd says {answer}, the model {model.Check(who, path)}\n{scenario}");
        }
    }

    // Nothing is there, and nothing can be put there so simply; what matters is whether access is what it fails for.
    private static async Task<bool> IsAllowedAsync(HttpClient client, HttpMethod method, string path)
    {
        var address = "repos/alpha" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        using var response = await client.SendAsync(new HttpRequestMessage(method, address));
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return response.StatusCode != HttpStatusCode.Forbidden;
    }
}
