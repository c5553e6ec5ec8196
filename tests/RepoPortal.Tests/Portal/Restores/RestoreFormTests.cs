using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Restores;

public sealed class RestoreFormTests(Portals portals)
{
    private static readonly DateTimeOffset Now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2030-05-17T10:30", "2030-05-17T10:30:00Z")]
    [InlineData("2030-05-17 10:30:15", "2030-05-17T10:30:15Z")]
    [InlineData(" 2030-05-17T10:30:15.5+02:00 ", "2030-05-17T08:30:15.5Z")]
    [InlineData("2030-05-16", "2030-05-16T23:59:59.9999999Z")]
    [InlineData("2030-05-17", "2030-05-17T23:59:59.9999999Z")]
    public void A_time_is_read_in_utc_and_a_date_to_its_end(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), RestoreTime.Read(text, Now).Value);

    [Theory]
    [InlineData("", "Write the time in UTC")]
    [InlineData("yesterday", "Write the time in UTC")]
    [InlineData("17/05/2030", "Write the time in UTC")]
    [InlineData("2030-02-30T10:00", "Write the time in UTC")]
    [InlineData("2030-05-17T12:01", "still to come")]
    [InlineData("2030-05-18", "still to come")]
    public void What_is_no_time_or_none_that_has_been_is_refused_in_a_sentence(string text, string sentence)
    {
        var refusal = RestoreTime.Read(text, Now).Refusal;
        Assert.Equal("at", refusal?.Field);
        Assert.Contains(sentence, refusal?.Sentence, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_time_is_answered_with_its_revision_before_anything_is_restored(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await PortalHost.StartWithNodeAsync(scratch["data"], ("RepoPortal:Database", await portals.ConnectionAsync(database)), ("RepoPortal:Backup:SameFileSystem", "true"));
        var owner = await portal.PersonAsync(administrator: true);
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Protections.AnyAsync(row => row.RepositoryId == repository.Id && row.Revision == 1, Cancel)), TimeSpan.FromSeconds(60));
        var made = TimeProvider.System.GetUtcNow().AddHours(-3);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.CreatedAt, made), Cancel));
        await portal.RecordAsync(record => record.Commits.Where(row => row.RepositoryId == repository.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.At, made.AddHours(1)), Cancel));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var (promise, name) = ($"/r/{repository.Name}/promise", repository.Name.Value);

        Assert.Contains("the youngest revision was <strong>r0</strong>", await AskAsync("restore", ("revision", "1"), ("at", TimeOf(0.5)), ("as", $"{name}-restored-1")), StringComparison.Ordinal);
        var found = await AskAsync("restore", ("revision", "0"), ("at", TimeOf(2)), ("as", "kept-name"));
        Assert.Contains("the youngest revision was <strong>r1</strong>, committed on ", found, StringComparison.Ordinal);
        Assert.Contains("value=\"kept-name\"", found, StringComparison.Ordinal);
        Assert.Contains("Write the time in UTC", await AskAsync("restore", ("revision", "1"), ("at", "soon"), ("as", "x1")), StringComparison.Ordinal);
        Assert.Contains("The repository was made on", await AskAsync("restore", ("revision", "1"), ("at", TimeOf(-1)), ("as", "x1")), StringComparison.Ordinal);
        Assert.Contains("the youngest revision was <strong>r0</strong>", await AskAsync("in-place", ("point", "1"), ("pointAt", TimeOf(0.5)), ("confirm", name)), StringComparison.Ordinal);
        Assert.Contains("href=\"" + promise + "#pointAt\"", await AskAsync("in-place", ("point", "1"), ("pointAt", "soon"), ("confirm", name)), StringComparison.Ordinal);
        Assert.Equal(0, await portal.RecordAsync(record => record.Tasks.CountAsync(task => task.Kind == TaskKind.Restore || task.Kind == TaskKind.RestoreInPlace, Cancel)));

        var target = PortalHost.NewName("restored");
        Assert.StartsWith($"/r/{name}/tasks/", await browser.SubmitAsync(promise, "restore", ("revision", "0"), ("at", ""), ("as", target)), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Repositories.AnyAsync(row => row.Name == RepositoryName.Parse(target) && row.State == RepositoryState.Ready, Cancel)));

        string TimeOf(double hours) => made.AddHours(hours).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

        async Task<string> AskAsync(string form, params (string, string)[] fields)
        {
            using var answer = await browser.SendAsync(promise, form, fields);
            return await answer.Content.ReadAsStringAsync(Cancel);
        }
    }
}
