using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Search;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Searching;

/// <summary>
/// Lists the files in which two revisions of a directory differ. The trees are compared and not the revisions between them replayed, so what was moved, replaced or
/// copied is seen as what it is in the end, and what both have in common is not looked at. Where it goes on is a path, so that nothing has to be remembered between two calls.
/// </summary>
internal sealed class ListChangedFiles(ReadCopy read, SvnLookClient look)
{
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ChangedFiles Run(RepositoryCopy copy, string top, long from, long to, string? after, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var piece = new Piece(look, new SvnLookOrigin(directory, to), top, after);
        look.CompareTrees(directory, new SvnNodeLocation(top, from), new SvnNodeLocation(top, to), piece.IsAhead, piece.Receive, cancellationToken);
        return piece.ToFiles();
    });

    private sealed class Piece(SvnLookClient look, SvnLookOrigin to, string top, string? after)
    {
        private readonly ImmutableArray<ChangedFile>.Builder _files = ImmutableArray.CreateBuilder<ChangedFile>();
        private readonly string[] _after = Segments(after ?? "");
        private readonly HashSet<string> _removedDirectories = new(StringComparer.Ordinal);
        private int _bytes;
        private bool _isCut;

        /// <summary>Whether a path, or something below it, comes after where the piece before ended.</summary>
        public bool IsAhead(string path)
        {
            if (after is null)
                return true;
            var segments = Segments(path);
            for (var depth = 0; depth < Math.Min(segments.Length, _after.Length); depth++)
            {
                if (string.CompareOrdinal(segments[depth], _after[depth]) is not 0 and var order)
                    return order > 0;
            }

            // What is above it is gone through once more, and what is below: it may have been a file, and be a directory now.
            return true;
        }

        public bool Receive(SvnTreeDifference difference)
        {
            var path = difference.Path.Length == 0 ? top : NodePath.Join(top, difference.Path);
            var wasFile = difference.FromKind == SvnNodeKind.File;
            var isFile = difference.ToKind == SvnNodeKind.File;
            if (difference is { FromKind: SvnNodeKind.Directory, ToKind: SvnNodeKind.None })
                _removedDirectories.Add(path);
            if ((!wasFile && !isFile) || path == after)
                return true;
            if (IsFull)
            {
                _isCut = true;
                return false;
            }

            _files.Add(isFile ? Read(path) : new ChangedFile(path, IsThere: false, null, null));
            return true;
        }

        // A file in place of a directory comes after what was in that, though its path comes before: going on after it would begin with the directory again.
        private bool IsFull =>
            (_files.Count >= ChangedFiles.MostFiles || _bytes >= ChangedFiles.MostBytes) && !(_files[^1].IsThere && _removedDirectories.Contains(_files[^1].Path));

        public ChangedFiles ToFiles() => new(_files.ToImmutable(), _isCut ? _files[^1].Path : null);

        private ChangedFile Read(string path)
        {
            var node = look.GetInfo(to, path)!;
            var type = node.HasProperties ? look.GetProperties(to, path).GetValueOrDefault("svn:mime-type")?.StringValue : null;
            var content = node.FileSize <= ChangedFile.MostBytes ? FileStart.Read(look, to, path, ChangedFile.MostBytes) : null;
            _bytes += content?.Length ?? 0;
            return new ChangedFile(path, IsThere: true, content, type);
        }

        private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }
}
