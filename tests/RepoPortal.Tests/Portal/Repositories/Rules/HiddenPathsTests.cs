using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Browse;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Rules;

/// <summary>What the portal shows and answers about a repository with a hidden path, with a real storage node.</summary>
public sealed class HiddenPathsTests(HiddenPathsTests.Running running) : IClassFixture<HiddenPathsTests.Running>
{
    [Fact]
    public async Task A_limited_reader_sees_of_commits_what_svn_log_would_tell()
    {
        var page = await CommitsAsync(running.Reader, 10, null);

        Assert.Equal([3, 1], page.Commits.Select(commit => commit.Revision));
        Assert.Equal((null, 1, "/trunk"), (page.Commits[0].Message, page.Commits[0].ChangedPaths, page.Commits[0].CommonPath));
        Assert.Equal(0, page.Commits[0].SizeBytes);
        Assert.Null(page.Before);
        Assert.Equal([3L], (await CommitsAsync(running.Reader, 1, null)).Commits.Select(commit => commit.Revision));
        Assert.Equal([3, 2, 1], (await CommitsAsync(running.Owner, 10, null)).Commits.Select(commit => commit.Revision));
        Assert.Equal((3L, "Both"), ((await CommitsAsync(running.Owner, 1, null)).Before!.Value, (await CommitsAsync(running.Owner, 1, null)).Commits[0].Message));
        Assert.Empty((await CommitsAsync(running.Administrator, 10, null)).Commits);
    }

    [Fact]
    public async Task A_limited_reader_learns_no_size_and_no_last_commit_of_everything()
    {
        var shown = await running.Reader.Api.GetAsync($"/api/v1/repositories/{running.Name}").JsonAsync();
        foreach (var member in new[] { "sizeBytes", "lastCommitAt", "lastCommitAuthor" })
            Assert.Equal(JsonValueKind.Null, shown.GetProperty(member).ValueKind);
        var mine = (await running.Portal.DoAsync<ListMyRepositories, IReadOnlyList<MyRepository>>(list => list.ExecuteAsync(running.Reader.Actor, default))).Single();
        Assert.Equal((null, null, null), (mine.SizeBytes, mine.LastCommitAt, mine.LastCommitAuthor));
        Assert.True((await running.Owner.Api.GetAsync($"/api/v1/repositories/{running.Name}").JsonAsync()).GetProperty("sizeBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task A_hidden_directory_is_as_if_it_were_not_there()
    {
        Assert.Equal(["open"], (await ListAsync(running.Reader, "/trunk")).Value.Entries.Select(entry => entry.Name));
        Assert.Equal(RefusalKind.NotFound, (await ListAsync(running.Reader, "/trunk/secret")).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await ListAsync(running.Reader, "/trunk/nothing")).Refusal!.Kind);
        Assert.Equal(["open", "secret"], (await ListAsync(running.Owner, "/trunk")).Value.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task Nothing_is_read_by_an_access_file_that_is_behind_the_record()
    {
        var id = await running.Portal.RecordAsync(record => record.Repositories.Where(row => row.Name == running.Name).Select(row => row.Id).SingleAsync());
        var file = Directory.GetFiles(running.Portal.Data.Root, "authz", SearchOption.AllDirectories).Single(path => path.Contains($"/store/{id}/", StringComparison.Ordinal));
        var present = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, "# left over by a disk that was full\n[/]\n* = rw\n", TestContext.Current.CancellationToken);
        await running.Portal.RecordAsync(record => record.Repositories.Where(row => row.Name == running.Name)
            .ExecuteUpdateAsync(row => row.SetProperty(repository => repository.PublishedAccessVersion, 0)));

        Assert.Equal([3, 1], (await CommitsAsync(running.Reader, 10, null)).Commits.Select(commit => commit.Revision));
        Assert.Equal(RefusalKind.NotFound, (await ListAsync(running.Reader, "/trunk/secret")).Refusal!.Kind);
        Assert.Equal(present, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Says_why_somebody_may_do_what()
    {
        var answer = await AskAsync(running.Owner, $"user={running.Reader.Name}&path=/trunk/secret/plan");

        Assert.Equal("none", answer.Text("access"));
        var because = answer.GetProperty("because").EnumerateArray().ToList();
        Assert.Equal(("rule", true, "/trunk/secret", $"user:{running.Reader.Name}"), (because[0].Text("kind"), because[0].GetProperty("decides").GetBoolean(), because[0].Text("path"), because[0].Text("who")));
        Assert.Equal(["rule", "grant", "visibility"], because.Select(reason => reason.Text("kind")));
        Assert.Equal("read", (await AskAsync(running.Owner, $"user={running.Reader.Name}&path=/trunk")).Text("access"));
        Assert.Equal("write", (await AskAsync(running.Administrator, $"user={running.Owner.Name}&path=/")).Text("access"));
        var visitor = await AskAsync(running.Owner, "path=/");
        Assert.Equal(("none", JsonValueKind.Null), (visitor.Text("access"), visitor.GetProperty("user").ValueKind));
    }

    [Fact]
    public async Task Tells_members_about_themselves_only_and_not_where_they_are_kept_out()
    {
        var url = $"/api/v1/repositories/{running.Name}/access";

        Assert.Equal("read", (await AskAsync(running.Reader, $"user={running.Reader.Name}&path=/trunk")).Text("access"));
        var kept = Assert.Single((await AskAsync(running.Reader, $"user={running.Reader.Name}&path=/trunk/secret/plan")).GetProperty("because").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, kept.GetProperty("path").ValueKind);
        await running.Reader.Api.GetAsync($"{url}?user={running.Owner.Name}&path=/").ProblemAsync(HttpStatusCode.Forbidden);
        await running.Reader.Api.GetAsync($"{url}?path=/").ProblemAsync(HttpStatusCode.Forbidden);
        await running.Reader.Api.GetAsync($"{url}?path=/&everyone=true").ProblemAsync(HttpStatusCode.Forbidden);
        await running.Owner.Api.GetAsync($"{url}?user=nobody-of-that-name&path=/").ProblemAsync(HttpStatusCode.NotFound);
        await running.Owner.Api.GetAsync($"{url}?user={running.Owner.Name}&path=trunk").ProblemAsync(HttpStatusCode.BadRequest);
        await running.Owner.Api.GetAsync($"{url}?user={running.Owner.Name}").ProblemAsync(HttpStatusCode.BadRequest);
        await (await running.Portal.PersonAsync()).Api.GetAsync($"{url}?path=/").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Lists_who_can_reach_a_path_without_those_who_are_suspended()
    {
        var reach = await AskAsync(running.Owner, "path=/trunk/secret&everyone=true");

        Assert.Equal(
            [(running.Owner.Name.Value, "write"), (running.Reader.Name.Value, "none"), (running.Suspended.Name.Value, "none")],
            reach.GetProperty("people").EnumerateArray().Select(person => (person.Text("user"), person.Text("access"))));
        Assert.Equal(("none", "none"), (reach.Text("signedIn"), reach.Text("anyone")));
        var why = await AskAsync(running.Owner, $"user={running.Suspended.Name}&path=/trunk");
        Assert.Equal(("none", "person"), (why.Text("access"), why.GetProperty("because")[0].Text("kind")));
    }

    private Task<JsonElement> AskAsync(TestPerson by, string query) => by.Api.GetAsync($"/api/v1/repositories/{running.Name}/access?{query}").JsonAsync();

    private async Task<CommitPage> CommitsAsync(TestPerson person, int limit, long? before) =>
        (await running.Portal.DoAsync<ListCommits, Outcome<CommitPage>>(list => list.ExecuteAsync(running.Name.Value, limit, before, person.Actor, default))).Value;

    private Task<Outcome<DirectoryListing>> ListAsync(TestPerson person, string path) =>
        running.Portal.DoAsync<ListDirectory, Outcome<DirectoryListing>>(list => list.ExecuteAsync(running.Name.Value, path, null, person.Actor, default));

    /// <summary>A portal with one repository; nothing here changes it for long.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private readonly ScratchDirectory _scratch = new();

        internal PortalHost Portal { get; private set; } = null!;

        internal TestPerson Owner { get; private set; } = null!;

        internal TestPerson Reader { get; private set; } = null!;

        internal TestPerson Suspended { get; private set; } = null!;

        internal TestPerson Administrator { get; private set; } = null!;

        internal RepositoryName Name { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Portal = await PortalHost.StartWithNodeAsync(_scratch.Path);
            (Owner, Reader, Suspended) = (await Portal.PersonAsync("owner"), await Portal.PersonAsync("reader"), await Portal.PersonAsync("suspended"));
            Administrator = await Portal.PersonAsync("administrator", administrator: true);
            var repository = await Portal.RepositoryAsync(Owner, layout: RepositoryLayout.Standard);
            Name = repository.Name;
            foreach (var person in new[] { Reader, Suspended })
                await Owner.Api.PutAsJsonAsync($"/api/v1/repositories/{Name}/members/{person.Name}", new { access = "read" }).JsonAsync();
            await Portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(Suspended.Name.Value, Administrator.Actor, default));
            await using var svn = await SvnThroughKey.StartAsync(Portal.Services.GetRequiredService<HttpdService>().Endpoint, Owner.Name.Value);
            await svn.RunAsync("mkdir", "-m", "Hidden", svn.Url(Name.Value, "/trunk/secret"), svn.Url(Name.Value, "/trunk/secret/plan"));
            await svn.RunAsync("mkdir", "-m", "Both", svn.Url(Name.Value, "/trunk/open"), svn.Url(Name.Value, "/trunk/secret/more"));
            await Owner.Api.PutAsJsonAsync(
                $"/api/v1/repositories/{Name}/rules", new { rules = new[] { new { path = "/trunk/secret", who = $"user:{Reader.Name}", access = "none" } } }).JsonAsync();
            await Eventually.TrueAsync(async () => (await Portal.ViewAsync(repository, Owner)).Youngest == 3);
        }

        public async ValueTask DisposeAsync()
        {
            await Portal.DisposeAsync();
            _scratch.Dispose();
        }
    }
}
