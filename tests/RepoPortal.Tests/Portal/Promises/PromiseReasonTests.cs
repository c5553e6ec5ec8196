using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Promises;

public sealed class PromiseReasonTests(Portals portals)
{
    private const string Reason = "the directory /srv/backups/secret-place cannot be written";

    private static readonly string[] OfRepository = ["", "/promise"];

    [Theory, OnEachDatabase]
    public async Task Tells_why_a_backup_failed_only_to_those_who_manage_the_repository(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, reader, repository) = await FailedBackupAsync(portal);
        foreach (var (person, isTold) in new[] { (owner, true), (await portal.PersonAsync(administrator: true), true), (reader, false) })
        {
            using var browser = new FormBrowser(portal);
            await browser.SignInAsync(person.Name);
            foreach (var page in OfRepository)
            {
                var (_, text) = await browser.ReadAsync($"/r/{repository.Name}{page}");
                Assert.Contains("The last attempt failed", text, StringComparison.Ordinal);
                Assert.Equal(isTold, text.Contains("secret-place", StringComparison.Ordinal));
            }

            var promise = await person.Api.GetAsync($"/api/v1/repositories/{repository.Name}/promise").JsonAsync();
            Assert.Equal(isTold ? $"The last attempt failed: {Reason}." : "The last attempt failed.", promise.Text("reason"));
            Assert.Equal("at-risk", promise.Text("state"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Ones_own_list_shows_the_state_in_words_and_no_reason(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (_, reader, repository) = await FailedBackupAsync(portal);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(reader.Name);

        var (_, text) = await browser.ReadAsync("/");

        Assert.Contains("Standard · at risk", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-place", text, StringComparison.Ordinal);
        await portal.RecordAsync(record => record.Protections.Where(row => row.RepositoryId == repository.Id).ExecuteDeleteAsync());
        Assert.Contains("Standard · not measured yet", (await browser.ReadAsync("/")).Text, StringComparison.Ordinal);
    }

    private static async Task<(TestPerson Owner, TestPerson Reader, RepositoryView Repository)> FailedBackupAsync(PortalHost portal)
    {
        var (owner, reader) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, reader, AccessLevel.Read, owner);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteUpdateAsync(row => row.SetProperty(made => made.State, RepositoryState.Ready)));
        await portal.RecordAsync(record =>
        {
            var protection = Protection.Begin(repository.Id, generation: 1, TimeProvider.System.GetUtcNow());
            (protection.BackupFailure, protection.State, protection.StateReason) = (Reason, PromiseState.AtRisk, $"The last attempt failed: {Reason}.");
            record.Add(protection);
            return record.SaveChangesAsync();
        });
        return (owner, reader, repository);
    }
}
