using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Feeds;

public sealed partial class FeedTests(Portals portals)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_key_reads_one_feed_until_the_password_changes(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var (repository, other) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await CommitAsync(portal, repository, "Correct the calibration\n\nof\u0001 the \ud83d\ude80 sensor", Now);
        await CommitAsync(portal, other, "elsewhere", Now);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var address = FeedAddress().Match((await browser.ReadAsync($"/r/{repository.Name}/activity")).Text).Groups["address"].Value;
        Assert.StartsWith($"/r/{repository.Name}/feed.atom?key=", address, StringComparison.Ordinal);
        using var anybody = portal.Client();

        var feed = XDocument.Parse(await anybody.GetStringAsync(address, Cancel)).Root!;
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.Equal($"{repository.Name} r1: Correct the calibration …", entry.Element(Atom + "title")!.Value);
        Assert.Contains("of\ufffd the \ud83d\ude80 sensor", entry.Element(Atom + "content")!.Value, StringComparison.Ordinal);
        Assert.EndsWith($"/r/{repository.Name}/rev/1", entry.Element(Atom + "link")!.Attribute("href")!.Value, StringComparison.Ordinal);

        // Good for nothing else, and nobody gets it without.
        var key = address[(address.IndexOf('=', StringComparison.Ordinal) + 1)..];
        foreach (var refused in new[] { $"/r/{other.Name}/feed.atom?key={key}", $"/feed.atom?key={key}", $"/r/{repository.Name}/feed.atom", $"/r/{repository.Name}/feed.atom?key={key}A", "/feed.atom" })
            await anybody.GetAsync(refused, Cancel).ProblemAsync(HttpStatusCode.NotFound);
        await stranger.Api.GetAsync($"/r/{repository.Name}/feed.atom", Cancel).ProblemAsync(HttpStatusCode.NotFound);

        await portal.RecordAsync(record => record.Users.Where(user => user.Id == owner.Actor.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "another")));
        await anybody.GetAsync(address, Cancel).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task The_feed_of_a_person_has_the_latest_of_all_their_repositories_while_they_are_let_in(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var (first, second) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await CommitAsync(portal, first, "older", Now.AddHours(-2));
        await CommitAsync(portal, second, "younger", Now.AddHours(-1));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var address = PersonAddress().Match((await browser.ReadAsync("/account")).Text).Value;
        using var anybody = portal.Client();

        var entries = XDocument.Parse(await anybody.GetStringAsync(address, Cancel)).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "title")!.Value);
        Assert.Equal([$"{second.Name} r1: younger", $"{first.Name} r1: older"], entries);

        await portal.RecordAsync(record => record.Users.Where(user => user.Id == owner.Actor.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.Status, UserStatus.Suspended)));
        await anybody.GetAsync(address, Cancel).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Public_repositories_need_no_key_and_stand_in_the_sitemap(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var (open, closed) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await CommitAsync(portal, open, "for everybody", Now);
        await CommitAsync(portal, closed, "for few", Now);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == open.Id).ExecuteUpdateAsync(row => row.SetProperty(repository => repository.Visibility, Visibility.Public)));
        using var anybody = portal.Client();

        Assert.Contains("for everybody", await anybody.GetStringAsync($"/r/{open.Name}/feed.atom", Cancel), StringComparison.Ordinal);
        var sitemap = await anybody.GetStringAsync("/sitemap.xml", Cancel);
        Assert.Contains($"/r/{open.Name}</loc>", sitemap, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Name.Value + "<", sitemap, StringComparison.Ordinal);
        Assert.Contains("/sitemap.xml", await anybody.GetStringAsync("/robots.txt", Cancel), StringComparison.Ordinal);
        Assert.Contains("1 commit by 1 author", await anybody.GetStringAsync($"/r/{open.Name}/activity", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_sites_are_told_of_public_repositories_and_of_no_others()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();
        var (open, closed) = (await portal.RepositoryAsync(owner, "Ice \"and\" <snow>"), await portal.RepositoryAsync(owner, "Not for everybody"));
        await CommitAsync(portal, open, "for everybody", Now);
        await CommitAsync(portal, closed, "for few", Now);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == open.Id).ExecuteUpdateAsync(row => row.SetProperty(repository => repository.Visibility, Visibility.Public)));
        using var browser = new FormBrowser(portal);

        var page = (await browser.ReadAsync($"/r/{open.Name}/activity")).Text;
        Assert.Contains($"<meta property=\"og:title\" content=\"{open.Name}\" />", page, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:description\" content=\"Ice &quot;and&quot; &lt;snow&gt;\" />", page, StringComparison.Ordinal);
        Assert.Contains($"<meta property=\"og:url\" content=\"{portal.Address.ToString().TrimEnd('/')}/r/{open.Name}/activity\" />", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("og:title", StringComparison.Ordinal) < page.IndexOf("</head>", StringComparison.Ordinal));
        // What the page itself puts there stays.
        Assert.Contains("rel=\"alternate\"", page, StringComparison.Ordinal);
        Assert.Contains($"content=\"trunk/a b.txt of {open.Name}\"", (await browser.ReadAsync($"/r/{open.Name}/blame/trunk/a%20b.txt")).Text, StringComparison.Ordinal);

        Assert.DoesNotContain("og:", (await browser.ReadAsync($"/r/{closed.Name}/activity")).Text, StringComparison.Ordinal);
        await browser.SignInAsync(owner.Name);
        var theirs = (await browser.ReadAsync($"/r/{closed.Name}/activity")).Text;
        Assert.Contains("1 commit by 1 author", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("og:", theirs, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_figures_behind_activity_are_there_as_CSV_for_those_who_may_see_the_content(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await CommitAsync(portal, repository, "one", Now);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var page = $"/r/{repository.Name}/activity";

        Assert.Contains($"ada,1,", (await browser.ReadAsync($"{page}.csv?by=author")).Text, StringComparison.Ordinal);
        Assert.Contains("/trunk/src,1,", (await browser.ReadAsync($"{page}.csv?by=directory")).Text, StringComparison.Ordinal);
        Assert.Equal(["Week,Commits,AddedBytes,SizeBytes"], (await browser.ReadAsync($"{page}.csv")).Text.Split('\n', StringSplitOptions.TrimEntries).Take(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReadAsync($"{page}.csv?by=moon")).Status);
        using var looking = new FormBrowser(portal);
        await looking.SignInAsync(administrator.Name);
        Assert.Equal(HttpStatusCode.Forbidden, (await looking.ReadAsync($"{page}.csv")).Status);
        Assert.Contains("no access to its content", (await looking.ReadAsync(page)).Text, StringComparison.Ordinal);
        using var anybody = portal.Client();
        await anybody.GetAsync($"{page}.csv", Cancel).ProblemAsync(HttpStatusCode.NotFound);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Task<int> CommitAsync(PortalHost portal, RepositoryView repository, string message, DateTimeOffset at) => portal.RecordAsync(async record =>
    {
        record.Add(new Commit { RepositoryId = repository.Id, Revision = 1, Author = "ada", At = at, Message = message, ChangedPaths = 1, CommonPath = "/trunk/src/io", SizeBytes = 10 });
        var row = await record.Repositories.SingleAsync(stored => stored.Id == repository.Id, Cancel);
        (row.State, row.LastCommitAt) = (RepositoryState.Ready, at);
        return await record.SaveChangesAsync(Cancel);
    });

    [GeneratedRegex("href=\"(?<address>[^\"]*feed\\.atom[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FeedAddress();

    [GeneratedRegex("/feed\\.atom\\?key=[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonAddress();
}
