using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Walks what is below a directory, some of it at a time. Where it goes on is a path, so that nothing has to be remembered between two calls.</summary>
internal sealed class ListBelow(ReadCopy read, SvnLookClient look, ReaderAccess access)
{
    // Files up to this size come along; larger ones are fetched one by one.
    private const int SmallBytes = 32 * 1024;

    /// <summary>The next entries; null when there is no such directory, or none that the reader may see.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public TreePiece? Run(RepositoryCopy copy, PathAtRevision top, string? after, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var origin = new SvnLookOrigin(directory, top.Revision);
        var path = NodePath.Normalise(top.Path);
        try
        {
            var sight = access.Of(directory, reader);
            if (!sight.MaySee(path) || look.GetNodeKind(origin, path) != SvnNodeKind.Directory)
                return null;
            var walk = new Walk(look, new Place(origin, top.Revision, path, sight), cancellationToken);
            var isLast = walk.Take("", after?.Split('/') ?? []);
            return new TreePiece(walk.Entries.ToImmutable(), isLast);
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
    });

    private sealed class Walk(SvnLookClient look, Place top, CancellationToken cancellationToken)
    {
        private int _bytes;

        public ImmutableArray<TreeEntry>.Builder Entries { get; } = ImmutableArray.CreateBuilder<TreeEntry>();

        /// <summary>Takes what is in a directory and follows <paramref name="after"/>, the segments of a path in it.</summary>
        /// <returns>False when there is no room for the rest.</returns>
        public bool Take(string relative, ReadOnlySpan<string> after)
        {
            var directory = relative.Length == 0 ? top.Path : NodePath.Join(top.Path, relative);
            var names = top.Names(look, directory, cancellationToken).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
            foreach (var name in names)
            {
                var order = after.IsEmpty ? 1 : string.CompareOrdinal(name.Name, after[0]);
                if (order < 0)
                    continue;
                var path = relative.Length == 0 ? name.Name : $"{relative}/{name.Name}";
                if (order > 0 && !Add(path, NodePath.Join(directory, name.Name), name))
                    return false;
                if (name.NodeKind == SvnNodeKind.Directory && !Take(path, order == 0 ? after[1..] : []))
                    return false;
            }

            return true;
        }

        private bool Add(string relative, string path, SvnDirName name)
        {
            if (Entries.Count >= TreePiece.MostEntries || _bytes >= TreePiece.MostBytes)
                return false;
            cancellationToken.ThrowIfCancellationRequested();
            if (name.NodeKind == SvnNodeKind.Directory)
            {
                Entries.Add(new TreeEntry(relative, true, 0, NodeMarks.None, null));
                return true;
            }

            var file = look.GetInfo(top.Origin, path)!;
            var marks = file.HasProperties ? DescribeDirectory.Marks(look, top.Origin, path) : NodeMarks.None;
            var content = file.FileSize <= SmallBytes ? FileStart.Read(look, top.Origin, path, SmallBytes) : null;
            _bytes += content?.Length ?? 0;
            Entries.Add(new TreeEntry(relative, false, file.FileSize ?? 0, marks, content));
            return true;
        }
    }
}
