using System.Globalization;
using System.Text;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Writes a revision as a patch, in the form of <c>svn diff</c>, with paths from the root of the repository.</summary>
/// <remarks>Whatever that form cannot say (a copied directory, binary content) stands in it as a sentence, which <c>svn patch</c> and <c>patch</c> pass over.</remarks>
internal sealed class WritePatch(ReadHistory read)
{
    private const int EnoughBytes = 256 << 10;
    private const int MostFilesOfDirectory = 2000;
    private const int MostPaths = 500;

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<PatchPiece> Run(RepositoryCopy copy, long revision, int skip, Reader reader, CancellationToken cancellationToken) =>
        read.Run<PatchPiece>(copy, new PegPath("/", revision), reader, (history, _) =>
        {
            using var output = new MemoryStream();
            var written = 0;
            var isWhole = true;
            RevisionChanges.Visit(history, revision, Math.Max(skip, 0), change =>
            {
                isWhole = output.Length < EnoughBytes && written < MostPaths;
                if (!isWhole)
                    return false;
                Write(history, revision, change, output);
                written++;
                return true;
            });
            return new PatchPiece(output.ToArray(), isWhole ? null : skip + written);
        }, cancellationToken);

    private static void Write(SightedHistory history, long revision, PathChange change, MemoryStream output)
    {
        var old = RevisionChanges.Old(history, revision, change);
        var present = RevisionChanges.New(revision, change);
        var patch = new PatchWriter(history, output, revision);
        if (!change.IsDirectory && change is { Kind: PathChangeKind.Added, CopiedFrom: not null })
            patch.Write(change.Path, null, present);
        else if (!change.IsDirectory)
            patch.Write(change.Path, old, present);
        else if (change.Kind is PathChangeKind.Deleted or PathChangeKind.Replaced && old is { } gone)
            WriteDeleted(history, gone, change.Path, patch);
        if (change is { IsDirectory: true, Kind: PathChangeKind.Added or PathChangeKind.Replaced })
            patch.Say(change.CopiedFrom is { } source ? $"Copied directory: {change.Path[1..]} (from {source.Path[1..]}@{source.Revision})" : $"Added directory: {change.Path[1..]}");
        if (change is { IsDirectory: true, Kind: PathChangeKind.Added or PathChangeKind.Modified or PathChangeKind.Replaced })
            patch.WriteProperties(change.Path, change.Kind == PathChangeKind.Replaced ? null : old, present);
    }

    // svn and patch take files away one by one.
    private static void WriteDeleted(SightedHistory history, PathAtRevision directory, string path, PatchWriter patch)
    {
        patch.Say($"Deleted directory: {path[1..]}");
        var files = 0;
        history.Look.CompareTrees(
            history.Directory, new SvnNodeLocation(directory.Path, directory.Revision), new SvnNodeLocation("/.", 0), history.MaySee,
            difference =>
            {
                if (difference.FromKind == SvnNodeKind.File)
                    patch.Write($"{path}/{difference.Path}", directory with { Path = $"{directory.Path}/{difference.Path}" }, null);
                return ++files < MostFilesOfDirectory;
            },
            history.Cancellation);
    }
}

/// <summary>Writes the patch of one file after the other.</summary>
internal sealed class PatchWriter(SightedHistory history, MemoryStream output, long revision)
{
    private const string Line = "===================================================================";
    private const string PropertyLine = "___________________________________________________________________";

    /// <summary>A line that is for people.</summary>
    public void Say(string sentence) => Text($"{Printable(sentence)}\n");

    /// <summary>A file: its content and its properties.</summary>
    public void Write(string path, PathAtRevision? old, PathAtRevision? present)
    {
        if (history.Visible(old) is null && history.Visible(present) is null)
            return;
        var before = Read(old);
        var after = Read(present);
        if (before is null || after is null)
        {
            if (!IsSameContent(old, present))
                Header(path, "Cannot display: the file is not text, or too large.\n");
        }
        else if (!before.AsSpan().SequenceEqual(after) || old is null || present is null)
        {
            WriteContent(path, old, present, before, after);
        }

        if (present is not null)
            WriteProperties(path, old, present);
    }

    /// <summary>The properties of a file or directory.</summary>
    public void WriteProperties(string path, PathAtRevision? old, PathAtRevision? present)
    {
        var (before, after) = (PropertiesOf(old), PropertiesOf(present));
        var names = before.Keys.Union(after.Keys, StringComparer.Ordinal).Where(name => !Equals(before.GetValueOrDefault(name), after.GetValueOrDefault(name))).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return;
        Text($"\nProperty changes on: {Printable(path[1..])}\n{PropertyLine}\n");
        foreach (var name in names)
        {
            var (a, b) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            Text($"{(a is null ? "Added" : b is null ? "Deleted" : "Modified")}: {Printable(name)}\n");
            var (oldValue, newValue) = (a?.RawValue.ToArray() ?? [], b?.RawValue.ToArray() ?? []);
            if (oldValue.Contains((byte)0) || newValue.Contains((byte)0))
                Text("Cannot display: the value is not text.\n");
            else
                WriteHunks(oldValue, newValue, "##", "\\ No newline at end of property\n");
        }
    }

    private void WriteContent(string path, PathAtRevision? old, PathAtRevision? present, byte[] before, byte[] after)
    {
        var name = Printable(path[1..]);
        Header(path, $"--- {name}\t{Label(old, revision - 1)}\n+++ {name}\t{Label(present, revision)}\n");
        WriteHunks(before, after, "@@", "\\ No newline at end of file\n");
    }

    private static string Label(PathAtRevision? place, long revision) =>
        place is null ? "(nonexistent)" : string.Create(CultureInfo.InvariantCulture, $"(revision {revision})");

    private void WriteHunks(byte[] before, byte[] after, string mark, string noEnd)
    {
        var (old, present) = (new TextLines(before), new TextLines(after));
        foreach (var range in HunkRange.Of(SvnLineDiff.Compare(before, after).Changes, old.Count, present.Count))
        {
            Text($"{mark} -{Range(range.OldStart, range.OldEnd)} +{Range(range.NewStart, range.NewEnd)} {mark}\n");
            foreach (var (side, number) in range.Lines())
            {
                var line = (side == DiffSide.Old ? old : present)[number];
                output.WriteByte((byte)(side switch { DiffSide.Old => '-', DiffSide.New => '+', _ => ' ' }));
                output.Write(line);
                if (line is not [.., (byte)'\n'])
                    Text($"\n{noEnd}");
            }
        }
    }

    private static string Range(int start, int end) => string.Create(
        CultureInfo.InvariantCulture, $"{start + (end > start ? 1 : 0)}{(end - start == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $",{end - start}"))}");

    private void Header(string path, string rest) => Text($"Index: {Printable(path[1..])}\n{Line}\n{rest}");

    // Null when it cannot be written into a patch.
    private byte[]? Read(PathAtRevision? place) =>
        place is not { } given ? [] : FileText.Read(history, given) is { Content: DiffContent.Lines } text && !text.Raw.Contains((byte)0) ? text.Raw : null;

    private bool IsSameContent(PathAtRevision? old, PathAtRevision? present)
    {
        var isSame = true;
        if (old is not { } before || present is not { } after)
            return false;
        history.Look.CompareTrees(
            history.Directory, new SvnNodeLocation(before.Path, before.Revision), new SvnNodeLocation(after.Path, after.Revision), history.MaySee,
            difference => isSame = !difference.ContentDiffers, history.Cancellation);
        return isSame;
    }

    private IReadOnlyDictionary<string, SvnPropertyValue> PropertiesOf(PathAtRevision? place) =>
        history.Visible(place) is { } given ? history.Look.GetProperties(history.At(given.Revision), given.Path) : new Dictionary<string, SvnPropertyValue>(StringComparer.Ordinal);

    // A name with the end of a line in it would be read as more of the patch.
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));

    private void Text(string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
