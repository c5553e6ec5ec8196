using System.Text;
using System.Text.Json;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Tests.StorageNode.History;

/// <summary>Whoever is kept out of a path learns nothing of it from a history.</summary>
public sealed class HiddenHistoryTests : IAsyncLifetime
{
    private readonly HistoryScene _scene = new();

    public async ValueTask InitializeAsync()
    {
        await _scene.InitializeAsync();
        await _scene.WriteAsync("trunk/open/readme.txt", "one\n");
        await _scene.CommitAsync("Open");
        await _scene.WriteAsync("trunk/vault/blueprint.txt", "XYLOPHONE one\n");
        await _scene.CommitAsync("Only the vault");
        await _scene.WriteAsync("trunk/vault/blueprint.txt", "XYLOPHONE two\n");
        await _scene.WriteAsync("trunk/open/readme.txt", "one\ntwo\n");
        await _scene.CommitAsync("Both, and the vault");
        await _scene.SvnAsync("copy", "-q", InCopy("trunk/vault/blueprint.txt"), InCopy("trunk/open/copied.txt"));
        await _scene.WriteAsync("trunk/open/copied.txt", "XYLOPHONE two\nmine\n");
        await _scene.CommitAsync("Out of the vault");
        await _scene.WriteAsync("trunk/open/copied.txt", "mine\n");
        await _scene.CommitAsync("Mine alone");
        await _scene.SvnAsync("move", "-q", InCopy("trunk/open/readme.txt"), InCopy("trunk/vault/readme.txt"));
        await _scene.CommitAsync("Into the vault");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public void Nothing_that_is_asked_tells_what_is_hidden()
    {
        var told = new List<object?>();
        foreach (var path in (string[])["/", "/trunk", "/trunk/open", "/trunk/open/copied.txt"])
            told.Add(_scene.Log(path, HistoryScene.Bob).Value!);
        for (var revision = 0; revision <= _scene.Youngest; revision++)
        {
            // What is hidden was readable where it was copied to: that copy's own content is not hidden.
            told.Add(_scene.Revision(revision, HistoryScene.Bob).Value!);
            if (revision != 5 && revision != 6)
                told.Add(Encoding.UTF8.GetString(_scene.Patch(revision, HistoryScene.Bob)));
            foreach (var path in (string[])["/trunk/vault", "/trunk/vault/blueprint.txt", "/trunk/vault/readme.txt", "/trunk/open/readme.txt", "/trunk/./vault/blueprint.txt"])
                told.Add(_scene.Diff(revision, path, HistoryScene.Bob).Value!);
        }

        told.Add(_scene.Compare(new PegPath("/trunk", 2), new PegPath("/trunk", 4), HistoryScene.Bob).Value!);
        told.Add(_scene.Compare(new PegPath("/", 1), new PegPath("/", 4), HistoryScene.Bob).Value!);
        foreach (var hidden in (string[])["/trunk/vault", "/trunk/vault/blueprint.txt", "//trunk//vault/", "/trunk/./vault"])
        {
            foreach (var absence in new[] { _scene.Log(hidden, HistoryScene.Bob).Absence, _scene.Blame(hidden, HistoryScene.Bob).Absence, _scene.Compare(new PegPath("/trunk", 1), new PegPath(hidden, null), HistoryScene.Bob).Absence })
            {
                Assert.Equal(AbsenceReason.Path, absence!.Reason);
                Assert.Null(absence.Deleted);
            }
        }

        foreach (var item in told)
        {
            var text = item as string ?? JsonSerializer.Serialize(item);
            Assert.All(HistoryScene.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_revision_is_told_as_far_as_its_paths_may_be_seen()
    {
        Assert.Equal((RevisionVisibility.None, null, null, null), Header(3));
        Assert.Equal((RevisionVisibility.Partial, "ada", true, null), Header(4));
        Assert.Equal((RevisionVisibility.Full, "ada", true, "Mine alone"), Header(6));
        Assert.DoesNotContain(3L, _scene.Log("/", HistoryScene.Bob).Value!.Entries.Select(entry => entry.Commit.Revision));
        Assert.Equal("Only the vault", _scene.Revision(3).Value!.Commit.Message);

        (RevisionVisibility, string?, bool?, string?) Header(long revision)
        {
            var commit = _scene.Revision(revision, HistoryScene.Bob).Value!.Commit;
            return (commit.Visibility, commit.Author, commit.At is null ? null : true, commit.Message);
        }
    }

    [Fact]
    public void A_history_ends_where_it_comes_from_what_is_hidden()
    {
        var log = _scene.Log("/trunk/open/copied.txt", HistoryScene.Bob).Value!;
        Assert.Equal([6L, 5], log.Entries.Select(entry => entry.Commit.Revision));
        Assert.True(log.IsEndHidden);
        Assert.Null(log.Next);
        Assert.All(log.Entries, entry => Assert.Null(entry.CopiedFrom));
        Assert.Equal(4, _scene.Log("/trunk/open/copied.txt").Value!.Entries.Length);

        var added = Assert.Single(_scene.Diff(5, "/trunk/open/copied.txt", HistoryScene.Bob).Value!.Diffs);
        Assert.Null(added.Old);
        var blame = _scene.Blame("/trunk/open/copied.txt", HistoryScene.Bob, 5).Value!;
        Assert.Equal(5, Assert.Single(blame.Blocks).Revision);
        Assert.Null(Assert.Single(blame.Revisions).Previous);
        Assert.Equal([4L, 5], _scene.Blame("/trunk/open/copied.txt", revision: 5).Value!.Blocks.Select(block => block.Revision!.Value));
    }

    [Fact]
    public async Task A_line_does_not_tell_of_a_hidden_origin_nor_of_hidden_commits()
    {
        await _scene.SvnAsync("copy", "-q", InCopy("trunk/vault"), InCopy("branches/out-of-it"));
        await _scene.CommitAsync("The vault, as a branch");
        await _scene.SvnAsync("copy", "-q", InCopy("trunk"), InCopy("branches/open"));
        await _scene.CommitAsync("Everything, as a branch");
        await _scene.WriteAsync("trunk/vault/blueprint.txt", "XYLOPHONE three\n");
        await _scene.CommitAsync("Only the vault again");
        await _scene.WriteAsync("trunk/open/new.txt", "new\n");
        await _scene.CommitAsync("Open again");

        var bob = _scene.Lines(reader: HistoryScene.Bob).Value!;
        Assert.Equal(["open", "out-of-it"], bob.Lines.Select(line => line.Name).Order(StringComparer.Ordinal));
        Assert.Null(bob.Lines.Single(line => line.Name == "out-of-it").Origin);
        Assert.Equal(new CommitCount(1, false), bob.Lines.Single(line => line.Name == "open").Divergence!.Behind);
        Assert.Equal(new CommitCount(2, false), _scene.Lines().Value!.Lines.Single(line => line.Name == "open").Divergence!.Behind);
        Assert.All(HistoryScene.Secrets, secret => Assert.DoesNotContain(secret, JsonSerializer.Serialize(bob), StringComparison.Ordinal));
        Assert.Equal(AbsenceReason.Path, _scene.Lines("/trunk/vault", reader: HistoryScene.Bob).Absence!.Reason);
    }

    private string InCopy(string path) => Path.Combine(_scene.WorkingCopy, path);
}
