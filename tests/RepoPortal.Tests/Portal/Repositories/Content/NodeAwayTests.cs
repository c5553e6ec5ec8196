using System.Net;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Content;

/// <summary>What is read of a repository whose machine is away: a portal without any storage node.</summary>
public sealed class NodeAwayTests(Portals portals)
{
    [Theory]
    [InlineData("")]
    [InlineData("/tree/trunk")]
    [InlineData("/tree/trunk?rev=7")]
    [InlineData("/log/")]
    [InlineData("/rev/1")]
    [InlineData("/rev/1.patch")]
    [InlineData("/blame/trunk/a.txt")]
    [InlineData("/compare?from=trunk@1&to=trunk@2")]
    [InlineData("/raw/trunk/a.txt")]
    [InlineData("/archive/trunk")]
    public async Task Says_so_and_that_it_passes(string page)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        await LoseAsync(portal, repository);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);

        var (status, text) = await browser.ReadAsync($"/r/{repository.Name}{page}");

        // The repository's own page has more to show than its files.
        Assert.Equal(page.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(page.StartsWith("/raw", StringComparison.Ordinal) || page.StartsWith("/archive", StringComparison.Ordinal) ? "Something broke on our side" : "does not answer at the moment", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    // As it is when the machine of a repository that was served is switched off.
    private static Task<int> LoseAsync(PortalHost portal, RepositoryView repository) => portal.RecordAsync(async record =>
    {
        var row = await record.Repositories.SingleAsync(found => found.Id == repository.Id);
        row.State = RepositoryState.Ready;
        row.PublishedAccessVersion = row.AccessVersion;
        record.Add(new Copy { Id = Guid.NewGuid(), RepositoryId = row.Id, NodeName = "elsewhere", Generation = 1, Role = CopyRole.Primary, Epoch = 1 });
        return await record.SaveChangesAsync();
    });
}
