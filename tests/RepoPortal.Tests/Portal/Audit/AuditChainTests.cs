using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Record;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Audit;

/// <summary>Nobody alters the audit unseen.</summary>
public sealed class AuditChainTests(Portals portals)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Is_whole_when_many_write_at_once_and_has_no_gaps(Database database)
    {
        await using var portal = await portals.StartAsync(database); // of its own: in a shared one others write between the two looks
        var person = await portal.PersonAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => portal.DoAsync<CreateToken, Outcome<CreatedToken>>(
            create => create.ExecuteAsync(new NewToken($"token {number}", ReadOnly: true, Days: 1), person.Actor, Token))));

        var verdict = await VerifyAsync(portal);
        Assert.Null(verdict.Reason);
        var numbers = await portal.RecordAsync(record => record.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        Assert.Equal(numbers.Count, verdict.Entries);
    }

    [Theory, OnEachDatabase]
    public async Task Says_which_entry_was_altered_or_taken_out_and_gives_hashes_to_entries_from_before_there_were_any(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        for (var i = 0; i < 3; i++)
            await portal.PersonAsync();
        await portal.RecordAsync(record => record.Audit.ExecuteUpdateAsync(
            row => row.SetProperty(entry => entry.Hash, Array.Empty<byte>()).SetProperty(entry => entry.PreviousHash, Array.Empty<byte>()), Token));
        Assert.NotNull((await VerifyAsync(portal)).Reason);
        await portal.RecordAsync(async record =>
        {
            await AuditChain.SealAsync(record, Token);
            return true;
        });
        await portal.PersonAsync();
        Assert.Null((await VerifyAsync(portal)).Reason);

        await TamperAsync(portal, "UPDATE \"Audit\" SET \"Subject\" = 'somebody-else' WHERE \"Id\" = 2", brokenAt: 2, "UPDATE \"Audit\" SET \"Subject\" = @was WHERE \"Id\" = 2");
        await portal.RecordAsync(record => record.Audit.Where(entry => entry.Id == 3).ExecuteDeleteAsync(Token));
        Assert.Equal(4, (await VerifyAsync(portal)).BrokenAt);
        await portal.RecordAsync(record => record.Audit.Where(entry => entry.Id < 4).ExecuteDeleteAsync(Token));
        Assert.Equal("entries before it are missing", (await VerifyAsync(portal)).Reason);
    }

    private static async Task TamperAsync(PortalHost portal, string alteration, long brokenAt, string restoration)
    {
        var was = await portal.RecordAsync(record => record.Audit.Where(entry => entry.Id == brokenAt).Select(entry => entry.Subject).SingleAsync(Token));
        await portal.RecordAsync(record => record.Database.ExecuteSqlRawAsync(alteration, Token));
        var verdict = await VerifyAsync(portal);
        Assert.Equal((brokenAt, brokenAt - 1), (verdict.BrokenAt, verdict.Entries));
        await portal.RecordAsync(record => record.Database.ExecuteSqlRawAsync(restoration.Replace("@was", "{0}", StringComparison.Ordinal), [was], Token));
        Assert.Null((await VerifyAsync(portal)).Reason);
    }

    private static Task<AuditVerdict> VerifyAsync(PortalHost portal) => portal.DoAsync<VerifyAudit, AuditVerdict>(verify => verify.ExecuteAsync(Token));
}
