using System.Net;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>What the stock client meets while a repository is renamed, archived, deleted and taken back.</summary>
public sealed class ALifetime(MainJobServer shared) : IClassFixture<MainJobServer>, IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_working_copy_goes_on_under_the_address_from_before_the_rename()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var before = (await api.CreateReadyAsync("ice-model", layout: "standard")).GetProperty("svnUrl").GetString()!;
        var svn = new SvnClient(_scratch.Path, "mei", shared.OwnerToken);
        await svn.RunAsync("checkout", "-q", $"{before}/trunk", "wc");

        var renamed = await api.ExpectAsync(HttpMethod.Post, "repositories/ice-model/rename", new { to = "sea-ice-model" });
        var after = renamed.GetProperty("svnUrl").GetString()!;

        Assert.EndsWith("/repos/sea-ice-model", after, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_scratch["wc/old.txt"], "under the old name\n", TestContext.Current.CancellationToken);
        await svn.RunAsync("add", "wc/old.txt");
        Assert.Contains("Committed revision 2.", await svn.RunAsync("commit", "wc", "-m", "Under the old name"), StringComparison.Ordinal);
        Assert.Contains("Committed revision 3.", await svn.RunAsync("copy", $"{before}/trunk", $"{before}/branches/one", "-m", "Copy under the old name"), StringComparison.Ordinal);
        await svn.RunAsync("lock", "wc/old.txt");
        await svn.RunAsync("unlock", "wc/old.txt");
        await svn.RunAsync("update", "wc");
        Assert.Equal("under the old name\n", await svn.RunAsync("cat", $"{after}/trunk/old.txt"));

        await svn.RunAsync("relocate", before, after, "wc");
        await svn.RunAsync("mkdir", "wc/new");
        Assert.Contains("Committed revision 4.", await svn.RunAsync("commit", "wc", "-m", "Under the new name"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/ice-model")).Body.GetProperty("youngest").GetInt64() == 4);

        await api.ExpectAsync(HttpMethod.Delete, "repositories/sea-ice-model/aliases/ice-model");
        Assert.False((await svn.TryAsync("ls", before)).IsSuccess);
        Assert.Contains("trunk/", await svn.RunAsync("ls", after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_access_holds_under_every_name_at_once()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var before = (await api.CreateReadyAsync("two-names")).GetProperty("svnUrl").GetString()!;
        await api.ExpectAsync(HttpMethod.Post, "repositories/two-names/rename", new { to = "two-names-now" });
        await api.ExpectAsync(HttpMethod.Put, "repositories/two-names/members/jonas", new { access = "write" });
        var jonas = new SvnClient(_scratch.Path, "jonas", shared.ReaderToken);
        var after = new Uri(shared.Server.Address, "repos/two-names-now").ToString();
        await jonas.RunAsync("mkdir", $"{before}/a", "-m", "Under the old name");
        await jonas.RunAsync("mkdir", $"{after}/b", "-m", "Under the new name");

        await api.ExpectAsync(HttpMethod.Delete, "repositories/two-names-now/members/jonas");

        Assert.False((await jonas.TryAsync("ls", before)).IsSuccess);
        Assert.False((await jonas.TryAsync("ls", after)).IsSuccess);
    }

    [Fact]
    public async Task An_archived_repository_refuses_writing_with_its_sentence_and_reading_goes_on()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var url = (await api.CreateReadyAsync("finished-work", layout: "standard")).GetProperty("svnUrl").GetString()!;
        var svn = new SvnClient(_scratch.Path, "mei", shared.OwnerToken);
        await svn.RunAsync("checkout", "-q", $"{url}/trunk", "wc");
        await File.WriteAllTextAsync(_scratch["wc/result.txt"], "42\n", TestContext.Current.CancellationToken);
        await svn.RunAsync("add", "wc/result.txt");
        await svn.RunAsync("commit", "wc", "-m", "The result");

        var archived = await api.ExpectAsync(HttpMethod.Post, "repositories/finished-work/archive");

        var sentence = $"'finished-work' is archived and read-only since {archived.GetProperty("archivedAt").GetDateTimeOffset().UtcDateTime:yyyy-MM-dd}; its owners can take it back into use.";
        await File.AppendAllTextAsync(_scratch["wc/result.txt"], "43\n", TestContext.Current.CancellationToken);
        foreach (var attempt in new string[][]
            { ["commit", "wc", "-m", "More"], ["mkdir", $"{url}/trunk/x", "-m", "More"], ["propset", "svn:log", "Other", "--revprop", "-r", "1", url] })
        {
            var refused = await svn.TryAsync(attempt);
            Assert.False(refused.IsSuccess, string.Join(' ', attempt));
            Assert.Contains(sentence, refused.StandardError.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }

        // Of a refused lock the client says in its own words that it is not allowed, whatever the server says.
        var unlocked = await svn.TryAsync("lock", "wc/result.txt");
        Assert.Contains("W160039", unlocked.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Lock Token", await svn.RunAsync("info", $"{url}/trunk/result.txt"), StringComparison.Ordinal);

        Assert.Equal("42\n", await svn.RunAsync("cat", $"{url}/trunk/result.txt"));
        await svn.RunAsync("update", "wc");
        Assert.Contains("The result", await svn.RunAsync("log", url), StringComparison.Ordinal);

        await api.ExpectAsync(HttpMethod.Post, "repositories/finished-work/unarchive");
        Assert.Contains("Committed revision 3.", await svn.RunAsync("commit", "wc", "-m", "More"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_repository_is_unknown_to_clients_until_it_is_taken_back()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var url = (await api.CreateReadyAsync("thrown-away", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await api.ExpectAsync(HttpMethod.Put, "repositories/thrown-away/members/jonas", new { access = "write" });
        var svn = new SvnClient(_scratch.Path, "mei", shared.OwnerToken);
        var jonas = new SvnClient(_scratch.Path, "jonas", shared.ReaderToken);
        await jonas.RunAsync("checkout", "-q", $"{url}/trunk", "wc");

        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, "repositories/thrown-away")).Status);

        var unknown = await svn.TryAsync("ls", new Uri(shared.Server.Address, "repos/never-there").ToString());
        foreach (var client in new[] { svn, jonas })
        {
            var refused = await client.TryAsync("ls", url);
            Assert.Equal(unknown.StandardError.Replace("never-there", "thrown-away", StringComparison.Ordinal), refused.StandardError);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await new Api(shared.Server.Address, shared.ReaderToken).GetAsync("repositories/thrown-away")).Status);
        Assert.Contains((await api.GetAsync("trash")).Body.EnumerateArray(), row => row.GetProperty("name").GetString() == "thrown-away");

        Assert.Equal("ready", (await api.ExpectAsync(HttpMethod.Post, "repositories/thrown-away/undelete")).GetProperty("state").GetString());

        await jonas.RunAsync("mkdir", "wc/after");
        Assert.Contains("Committed revision 2.", await jonas.RunAsync("commit", "wc", "-m", "After the trash"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handed_over_the_new_owner_decides()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        using var heir = new Api(shared.Server.Address, shared.ReaderToken);
        await api.CreateReadyAsync("inheritance");

        await api.ExpectAsync(HttpMethod.Post, "repositories/inheritance/transfer", new { to = "jonas" });

        Assert.Equal(HttpStatusCode.Forbidden, (await api.SendAsync(HttpMethod.Patch, "repositories/inheritance", new { description = "mine" })).Status);
        Assert.Equal("his", (await heir.ExpectAsync(HttpMethod.Patch, "repositories/inheritance", new { description = "his" })).GetProperty("description").GetString());
        Assert.Equal(JsonValueKind.Array, (await heir.GetAsync("repositories/inheritance/members")).Body.ValueKind);
    }

    public void Dispose() => _scratch.Dispose();
}
