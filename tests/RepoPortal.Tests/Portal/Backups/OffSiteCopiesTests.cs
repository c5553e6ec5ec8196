using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Nodes;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Backups;

public sealed class OffSiteCopiesTests(Portals portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Administrators_are_told_once_that_it_fails_and_once_that_it_goes_on_and_the_page_says_how_it_stands(Database database)
    {
        using var scratch = new ScratchDirectory();
        var configuration = scratch["rclone.conf"];
        var working = $"[offsite]\ntype = alias\nremote = {scratch["elsewhere"]}\n";
        await File.WriteAllTextAsync(configuration, working, Cancel);
        await using var portal = await PortalHost.StartWithNodeAsync(
            scratch["data"], ("RepoPortal:Database", await portals.ConnectionAsync(database)), ("RepoPortal:Backup:SameFileSystem", "true"),
            ("RepoPortal:Backup:OffSite:Remote", "offsite:repoportal"), ("RepoPortal:Backup:OffSite:ConfigFile", configuration));
        var administrator = await portal.PersonAsync(administrator: true);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);

        await EventuallyAsync(node => node.OffSiteAt != null);
        Assert.Contains("are off site, too, as of", (await browser.ReadAsync("/admin/promises")).Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(scratch["elsewhere"], "repoportal", "repoportal-backups.json")));

        await File.WriteAllTextAsync(configuration, "", Cancel);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await TryAgainAsync();
            await EventuallyAsync(node => node.OffSiteTriedAt != null && node.IsOffSiteAlerted);
        }

        Assert.Contains("The last attempt failed: the backups could not be copied off site", (await browser.ReadAsync("/admin/promises")).Text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(configuration, working, Cancel);
        await TryAgainAsync();
        await EventuallyAsync(node => node.OffSiteFailure == null && !node.IsOffSiteAlerted);

        await Eventually.TrueAsync(() => Mail("are copied off site again") == 1);
        Assert.Equal(1, Mail("are not copied off site"));

        Task<int> TryAgainAsync() => portal.RecordAsync(record => record.Nodes.ExecuteUpdateAsync(node => node.SetProperty(row => row.OffSiteTriedAt, (DateTimeOffset?)null), Cancel));

        Task EventuallyAsync(System.Linq.Expressions.Expression<Func<Node, bool>> question) =>
            Eventually.TrueAsync(() => portal.RecordAsync(record => record.Nodes.AnyAsync(question, Cancel)), TimeSpan.FromSeconds(60));

        int Mail(string subject) => Directory.Exists(portal.Data.Mail)
            ? Directory.EnumerateFiles(portal.Data.Mail, "*.eml").Count(file => File.ReadAllText(file).Contains(subject, StringComparison.Ordinal) && File.ReadAllText(file).Contains(administrator.Email, StringComparison.Ordinal))
            : 0;
    }
}
