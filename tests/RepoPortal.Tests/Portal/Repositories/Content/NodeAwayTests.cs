using System.Net;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Content;

/// <summary>What is read of a repository whose machine is away: a portal without any storage node.</summary>
public sealed class NodeAwayTests(Portals portals)
{
    private static readonly string[] Pages =
    [
        "/tree/trunk", "/tree/trunk?rev=7", "/log/", "/rev/1", "/blame/trunk/a.txt", "/compare?from=trunk@1&to=trunk@2", "/branches", "/find?q=a", "/locks", "/search?q=words",
    ];

    private static readonly string[] Bytes = ["/raw/trunk/a.txt", "/archive/trunk", "/rev/1.patch"];

    [Fact]
    public async Task Says_so_and_that_it_passes()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        await LoseAsync(portal, repository);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);

        foreach (var page in Pages)
            await ExpectAsync(page, HttpStatusCode.ServiceUnavailable, "does not answer at the moment");
        foreach (var address in Bytes)
            await ExpectAsync(address, HttpStatusCode.ServiceUnavailable, "Load it again in a minute");
        // The repository's own page has more to show than its files.
        await ExpectAsync("", HttpStatusCode.OK, "does not answer at the moment");

        async Task ExpectAsync(string address, HttpStatusCode expected, string sentence)
        {
            var (status, text) = await browser.ReadAsync($"/r/{repository.Name}{address}");
            Assert.True(status == expected && text.Contains(sentence, StringComparison.Ordinal) && !text.Contains("Exception", StringComparison.Ordinal), $"{address}: {status}\n{text}");
        }
    }

    // As it is when the machine of a repository that was served is switched off.
    private static Task<int> LoseAsync(PortalHost portal, RepositoryView repository) => portal.RecordAsync(async record =>
    {
        var row = await record.Repositories.SingleAsync(found => found.Id == repository.Id);
        row.State = RepositoryState.Ready;
        row.PublishedAccessVersion = row.AccessVersion;
        record.Add(new Node { Name = "elsewhere", Host = "elsewhere", FreeBytes = 1, TotalBytes = 2, StartedAt = row.CreatedAt, SeenAt = row.CreatedAt });
        record.Add(new Copy { Id = Guid.NewGuid(), RepositoryId = row.Id, NodeName = "elsewhere", Generation = 1, Role = CopyRole.Primary, Epoch = 1 });
        return await record.SaveChangesAsync();
    });
}
