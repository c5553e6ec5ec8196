using System.Text;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>What stands in a directory of git's.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The hash of its content.</param>
internal readonly record struct GitEntry(GitKind Kind, string Id)
{
    /// <summary>Reads a directory: "100644 name\0" and a hash, again and again.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="hashSize">The bytes of a hash.</param>
    /// <param name="path">Where it is, with a slash at its end; empty for the root.</param>
    /// <param name="remarks">Gets told what cannot be carried.</param>
    public static SortedDictionary<string, GitEntry> ReadTree(ReadOnlySpan<byte> tree, int hashSize, string path, GitRemarks remarks)
    {
        var entries = new SortedDictionary<string, GitEntry>(StringComparer.Ordinal);
        while (!tree.IsEmpty)
        {
            var (space, end) = (tree.IndexOf((byte)' '), tree.IndexOf((byte)0));
            if (space < 0 || end < space || tree.Length < end + 1 + hashSize)
                throw new DumpException(null, $"git's directory '{path}' is malformed");
            var name = GitText.Name(tree[(space + 1)..end], out var isSame);
            var kind = KindOf(Encoding.ASCII.GetString(tree[..space]));
            var entry = new GitEntry(kind, Convert.ToHexStringLower(tree.Slice(end + 1, hashSize)));
            tree = tree[(end + 1 + hashSize)..];
            if (kind == GitKind.Submodule)
                remarks.Submodules.Add(path + name);
            else if (name.Length == 0 || !entries.TryAdd(name, entry))
                remarks.Collisions.Add(path + name);
            else if (!isSame)
                remarks.Renamed.Add(path + name);
        }

        return entries;
    }

    // Files have had more modes than today's two; what makes one executable is the owner's bit.
    private static GitKind KindOf(string mode) => mode switch
    {
        "40000" or "040000" => GitKind.Directory,
        "120000" => GitKind.Link,
        "160000" => GitKind.Submodule,
        "100755" or "100775" or "100777" => GitKind.Executable,
        _ => GitKind.File,
    };
}

/// <summary>What git knows of files.</summary>
internal enum GitKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A file that is executable.</summary>
    Executable,

    /// <summary>A symbolic link; its content is its target.</summary>
    Link,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A commit of another repository.</summary>
    Submodule,
}
