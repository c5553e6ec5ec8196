namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>What has to be done to a path so that it is as in a commit.</summary>
/// <param name="Path">The path below the line's directory.</param>
/// <param name="Before">What is there; null when nothing is.</param>
/// <param name="After">What is to be there; null when nothing is.</param>
internal readonly record struct TreeChange(string Path, GitEntry? Before, GitEntry? After)
{
    /// <summary>Compares two trees: directories before what is in them, and none of what goes with its directory.</summary>
    /// <param name="objects">What has them.</param>
    /// <param name="before">The hash of the one; null of an empty one.</param>
    /// <param name="after">The hash of the other.</param>
    /// <param name="remarks">Gets told what cannot be carried.</param>
    public static List<TreeChange> Between(GitObjects objects, string? before, string after, GitRemarks remarks)
    {
        var changes = new List<TreeChange>();
        // Not by recursion: how deep it goes is up to whoever made the repository.
        var unread = new Stack<(string Path, string? Before, string After)>([("", before, after)]);
        while (unread.TryPop(out var directory))
        {
            if (directory.Before == directory.After)
                continue;
            var was = Read(objects, directory.Before, directory.Path, remarks);
            var isNow = Read(objects, directory.After, directory.Path, remarks);
            foreach (var (name, entry) in was)
            {
                if (!isNow.ContainsKey(name))
                    changes.Add(new TreeChange(directory.Path + name, entry, null));
            }

            foreach (var (name, entry) in isNow)
            {
                GitEntry? old = was.TryGetValue(name, out var found) ? found : null;
                if (old == entry)
                    continue;
                if (entry.Kind != GitKind.Directory || old?.Kind != GitKind.Directory)
                    changes.Add(new TreeChange(directory.Path + name, old, entry));
                if (entry.Kind == GitKind.Directory)
                    unread.Push(($"{directory.Path}{name}/", old is { Kind: GitKind.Directory } same ? same.Id : null, entry.Id));
            }
        }

        return changes;
    }

    private static SortedDictionary<string, GitEntry> Read(GitObjects objects, string? id, string path, GitRemarks remarks) =>
        id is null ? [] : GitEntry.ReadTree(objects.Read(id, "tree"), id.Length / 2, path, remarks);
}
