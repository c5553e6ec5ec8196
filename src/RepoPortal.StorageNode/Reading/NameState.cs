using System.Globalization;
using System.IO.Hashing;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Names the state that a copy is in: what its content, its rules and its locks are, without reading any of them whole.</summary>
internal sealed class NameState(ReadCopy read, SvnLookClient look)
{
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public string Run(RepositoryCopy copy) => read.Run(copy, directory => string.Create(
        CultureInfo.InvariantCulture,
        $"{copy.Repository}/{copy.Generation}@{look.GetYoungest(directory)} {XxHash64.HashToUInt64(File.ReadAllBytes(WriteAccessFile.PathIn(directory))):x} {LocksChangedAt(directory):x}"));

    // FSFS keeps a lock in db/locks/abc/abcdef… and replaces that file by renaming another one (fs_fs/lock.c), so one of these directories changes with it.
    private static long LocksChangedAt(string directory)
    {
        var locks = new DirectoryInfo(Path.Combine(directory, "db", "locks"));
        return locks.Exists ? locks.EnumerateDirectories().Append(locks).Max(part => part.LastWriteTimeUtc.Ticks) : 0;
    }
}
