using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>
/// Writes a git repository's history as a dump: trunk, branches and tags, a revision for each commit, then one for each branch without commits of its own and for each tag.
/// The same repository always gives the same bytes, so that an import that was cut short goes on.
/// </summary>
internal sealed class GitDump(FastExport export, GitObjects objects, GitReferences references, GitLines lines, GitRemarks remarks)
{
    // Where each commit went, by its mark; there is none with 0.
    private readonly List<Place?> _places = [null];
    // The commits that references lead to; null until they are written.
    private readonly Dictionary<string, GitCommit?> _tips = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = ["trunk", "branches", "tags"];
    private long _revision;

    /// <summary>The dump in pieces; each is good until the next one.</summary>
    /// <exception cref="DumpException">A commit cannot be read.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Write()
    {
        yield return DumpText.Beginning;
        var tags = FindTags();
        foreach (var branch in references.Branches)
            _tips[branch.Id] = null;
        foreach (var commit in export.ReadCommits())
        {
            if (_revision == 0)
            {
                yield return DumpText.Revision(++_revision, author: null, commit.Committer.At, "Make trunk, branches and tags.");
                foreach (var directory in _directories)
                    yield return DumpText.AddDirectory(directory);
            }

            foreach (var piece in WriteCommit(commit))
                yield return piece;
        }

        foreach (var (branch, line) in lines.Branches.Where(branch => branch.Line.Tip == 0))
        {
            foreach (var piece in WriteCopy(line.Path, TipOf(branch.Id), tagger: null, $"Make the branch '{branch.Name}'."))
                yield return piece;
        }

        foreach (var (tag, commit) in tags)
        {
            var message = tag.Message.Length > 0 ? GitText.Message(System.Text.Encoding.UTF8.GetBytes(tag.Message), out _) : $"Make the tag '{tag.Name}'.";
            foreach (var piece in WriteCopy($"tags/{GitLines.SafeName(tag.Name)}", TipOf(commit), tag.Tagger, message))
                yield return piece;
            if (lines.End(TipOf(commit).Mark) is { } line)
                yield return DumpText.Delete(line.Path);
        }
    }

    private List<(GitTag Tag, string Commit)> FindTags()
    {
        var found = new List<(GitTag, string)>();
        foreach (var tag in references.Tags)
        {
            if (objects.FindCommit(tag.Id) is { } commit)
            {
                found.Add((tag, commit));
                _tips[commit] = null;
            }
            else
            {
                remarks.Tags.Add(tag.Name);
            }
        }

        return found;
    }

    private IEnumerable<ReadOnlyMemory<byte>> WriteCommit(GitCommit commit)
    {
        var tree = TreeOf(commit);
        var line = lines.Of(commit);
        var from = commit.Parents.Count > 0 ? PlaceOf(commit.Parents[0]) : null;
        var message = GitText.Message(commit.Message, out var isUtf8);
        remarks.Messages += isUtf8 ? 0 : 1;
        remarks.Merges += commit.Parents.Count > 1 ? 1 : 0;
        yield return DumpText.Revision(++_revision, commit.Author, commit.Committer.At, message);
        if (line.Tip == 0)
        {
            foreach (var head in Begin(line.Path, from))
                yield return head;
        }

        foreach (var change in Changes(commit, from?.Tree, tree))
        {
            foreach (var piece in WriteChange(commit, $"{line.Path}/{change.Path}", change))
                yield return piece;
        }

        foreach (var merged in commit.Parents.Skip(1).Select(lines.End).OfType<GitLine>())
            yield return DumpText.Delete(merged.Path);
        line.Tip = commit.Mark;
        while (_places.Count <= commit.Mark)
            _places.Add(null);
        _places[commit.Mark] = new Place(_revision, line.Path, tree);
        if (_tips.ContainsKey(commit.Id))
            _tips[commit.Id] = commit;
    }

    // Of trunk there is a directory already; whatever begins without a parent is empty.
    private IEnumerable<ReadOnlyMemory<byte>> Begin(string path, Place? from)
    {
        if (path == "trunk")
            yield break;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_directories.Add(path[..slash]))
                yield return DumpText.AddDirectory(path[..slash]);
        }

        yield return from is null ? DumpText.AddDirectory(path) : DumpText.CopyDirectory(path, from.Path, from.Revision);
    }

    private IEnumerable<ReadOnlyMemory<byte>> WriteCopy(string path, GitCommit from, GitPerson? tagger, string message)
    {
        yield return DumpText.Revision(++_revision, tagger ?? from.Author, (tagger ?? from.Committer).At, message);
        foreach (var piece in Begin(path, PlaceOf(from.Mark)))
            yield return piece;
    }

    private IEnumerable<ReadOnlyMemory<byte>> WriteChange(GitCommit commit, string path, TreeChange change)
    {
        var (before, after) = (change.Before, change.After);
        // What a directory or a link becomes, or what becomes one, is something new.
        var goesOn = before is { } old && after is { } now && (old.Kind == now.Kind || (IsPlain(old.Kind) && IsPlain(now.Kind)));
        if (before is not null && !goesOn)
            yield return DumpText.Delete(path);
        if (after is not { } entry)
            yield break;
        if (entry.Kind == GitKind.Directory)
        {
            yield return DumpText.AddDirectory(path);
            yield break;
        }

        GitKind? kind = goesOn && before!.Value.Kind == entry.Kind ? null : entry.Kind;
        var action = goesOn ? "change" : "add";
        if (goesOn && before!.Value.Id == entry.Id)
        {
            yield return DumpText.File(path, action, kind, length: null);
            yield return DumpText.End;
            yield break;
        }

        if (objects.Ask(entry.Id) is not { Type: "blob" } blob)
            throw Broken(commit, $"the content of '{change.Path}' is not in the repository");
        var target = entry.Kind == GitKind.Link ? "link "u8.ToArray() : [];
        yield return DumpText.File(path, action, kind, blob.Length + target.Length);
        yield return target;
        foreach (var piece in objects.ReadPieces(blob.Length))
            yield return piece;
        yield return DumpText.End;
    }

    private static bool IsPlain(GitKind kind) => kind is GitKind.File or GitKind.Executable;

    // What fast-export does not tell: which tree it has, and that it is signed.
    private string TreeOf(GitCommit commit)
    {
        try
        {
            var head = System.Text.Encoding.Latin1.GetString(objects.Read(commit.Id, "commit")).Split("\n\n", 2)[0].Split('\n');
            remarks.Signatures += head.Any(line => line.StartsWith("gpgsig", StringComparison.Ordinal)) ? 1 : 0;
            return head[0].StartsWith("tree ", StringComparison.Ordinal) ? head[0][5..] : throw new DumpException(null, "it has no tree");
        }
        catch (DumpException exception)
        {
            throw Broken(commit, exception.Message);
        }
    }

    private List<TreeChange> Changes(GitCommit commit, string? before, string after)
    {
        try
        {
            return TreeChange.Between(objects, before, after, remarks);
        }
        catch (DumpException exception)
        {
            throw Broken(commit, exception.Message);
        }
    }

    private Place PlaceOf(int mark) => mark < _places.Count && _places[mark] is { } place ? place : throw Unwritten();

    private GitCommit TipOf(string id) => _tips[id] ?? throw Unwritten();

    private static DumpException Unwritten() => new(null, "git names a commit that it has not written");

    private DumpException Broken(GitCommit commit, string reason) => new(_revision, $"{commit.Words}: {reason}");

    /// <summary>Where a commit went.</summary>
    /// <param name="Revision">The revision.</param>
    /// <param name="Path">The directory.</param>
    /// <param name="Tree">The hash of what is in it.</param>
    private sealed record Place(long Revision, string Path, string Tree);
}
