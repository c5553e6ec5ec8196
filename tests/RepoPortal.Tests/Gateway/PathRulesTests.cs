using System.Collections.Immutable;
using System.Net;
using CsCheck;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.StorageNode.Access;
using RepoPortal.Tests.Gateway.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Rules;

namespace RepoPortal.Tests.Gateway;

/// <summary>
/// One repository whose access changes again and again, asked by everybody over connections that stay open: the gateway with a live httpd behind it answers as
/// the portal and libsvn do, for each person and path.
/// </summary>
[Collection(nameof(HostedRepositories))]
public sealed class PathRulesTests(HostedRepositories hosted)
{
    private const int RuleSets = 100;

    [Fact]
    public async Task Portal_libsvn_and_the_live_server_answer_alike_for_every_person_and_path()
    {
        var route = await hosted.CreateAsync();
        var directory = Path.Combine(hosted.Httpd.Directories.Store, route.Name.Value);
        var clients = AccessScenario.Everybody.Select(who => (Who: who, Client: hosted.Gateway.Client(who?.Value, who is { } name ? hosted.Record.AddToken(name.Value) : null))).ToList();
        foreach (var scenario in AccessScenario.Any.Array[RuleSets].Single())
        {
            var model = scenario.Model();
            await File.WriteAllTextAsync(WriteAccessFile.PathIn(directory), AccessFileText.Render(model), TestContext.Current.CancellationToken);
            route = route with
            {
                Anyone = model.Most(null),
                SignedIn = RouteLevels.OfStrangers(model),
                People = RouteLevels.OfPeople(model),
                AccessVersion = route.AccessVersion + 1,
            };
            await hosted.Gateway.ChangeAsync(route);
            // Below !svn stands httpd's own address space.
            var paths = scenario.Probes().Where(path => !path.StartsWith("/!svn", StringComparison.Ordinal)).ToImmutableArray();
            await Task.WhenAll(clients.Select(client => CheckAsync(route, client.Client, client.Who, model, paths, scenario)));
        }

        clients.ForEach(client => client.Client.Dispose());
    }

    private static async Task CheckAsync(RepositoryRoute route, HttpClient client, UserName? who, AccessModel model, ImmutableArray<string> paths, AccessScenario scenario)
    {
        var libsvn = CheckAccess.Run(AccessFileText.Render(model), [.. paths.Select(path => new AccessQuestion(who, path))], TestContext.Current.CancellationToken);
        foreach (var (path, answer) in paths.Zip(libsvn))
        {
            var address = $"/repos/{route.Name}" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            var live = !await IsAllowedAsync(client, HttpMethod.Get, address) ? PathAccess.None
                : await IsAllowedAsync(client, HttpMethod.Put, address) ? PathAccess.Write : PathAccess.Read;
            Assert.True(
                live == answer && answer == model.Check(who, path),
                $"{who?.Value ?? "a visitor"} {path}: the server says {live}, libsvn {answer}, the portal {model.Check(who, path)}\n{scenario}");
            if (live == PathAccess.None)
                Assert.False(await IsAllowedAsync(client, new HttpMethod("PROPFIND"), address), $"{who?.Value ?? "a visitor"} PROPFIND {path}\n{scenario}");
        }
    }

    // Nothing is there, and nothing can be put there so simply; what matters is whether access is what it fails for.
    private static async Task<bool> IsAllowedAsync(HttpClient client, HttpMethod method, string address)
    {
        using var response = await client.SendAsync(new HttpRequestMessage(method, address), TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode < HttpStatusCode.InternalServerError && response.StatusCode != HttpStatusCode.BadRequest, $"{method} {address}: {response.StatusCode}");
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => false,
            // The gateway's own says that there is no such repository, httpd's that there is no such path in it.
            HttpStatusCode.NotFound => !(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("170000", StringComparison.Ordinal),
            _ => true,
        };
    }
}
