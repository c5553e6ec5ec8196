using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>The branches and tags of a git repository, in the order of their names.</summary>
/// <param name="Branches">The branches; the one that becomes trunk is the first.</param>
/// <param name="Tags">The tags.</param>
internal sealed record GitReferences(IReadOnlyList<GitBranch> Branches, IReadOnlyList<GitTag> Tags)
{
    private const string Heads = "refs/heads/";
    private const string TagsBelow = "refs/tags/";
    private const int Fields = 8;

    private const string Format =
        "--format=%(refname)%00%(objectname)%00%(taggername)%00%(taggeremail:trim)%00%(taggerdate:unix)%00%(contents)%00%(contents:signature)%00%(HEAD)%00";

    /// <summary>Reads them.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="remarks">Gets told what is neither.</param>
    /// <param name="cancellationToken">Kills git.</param>
    /// <exception cref="StorageException">This is no git repository, or there is no branch in it.</exception>
    public static async Task<GitReferences> ReadAsync(GitDirectory git, GitRemarks remarks, CancellationToken cancellationToken)
    {
        var fields = (await git.RunAsync(cancellationToken, "for-each-ref", Format)).Split('\0');
        var (branches, tags) = (new List<GitBranch>(), new List<GitTag>());
        var head = "";
        for (var at = 0; at + Fields < fields.Length; at += Fields)
        {
            var name = fields[at].TrimStart('\n');
            if (fields[at + Fields - 1] == "*")
                head = name;
            if (name.StartsWith(Heads, StringComparison.Ordinal))
                branches.Add(new GitBranch(name[Heads.Length..], fields[at + 1]));
            else if (name.StartsWith(TagsBelow, StringComparison.Ordinal))
                tags.Add(Tag(name[TagsBelow.Length..], fields.AsSpan(at, Fields), remarks));
            else
                remarks.References.Add(name);
        }

        if (branches.Count == 0)
            throw new StorageException("there is no branch with a commit in this git repository");
        var trunk = FindTrunk(head, branches);
        return new GitReferences([trunk, .. branches.Where(branch => branch != trunk)], tags);
    }

    private static GitTag Tag(string name, ReadOnlySpan<string> fields, GitRemarks remarks)
    {
        if (fields[6].Length > 0)
            remarks.Signatures++;
        var isAnnotated = fields[4].Length > 0;
        return new GitTag(name, fields[1], isAnnotated ? GitPerson.Of(fields[2], fields[3], fields[4]) : null, isAnnotated ? fields[5][..^fields[6].Length] : "");
    }

    // Where HEAD leads; in a repository whose HEAD leads nowhere, what it is usually called.
    private static GitBranch FindTrunk(string head, List<GitBranch> branches)
    {
        string[] names = [head.StartsWith(Heads, StringComparison.Ordinal) ? head[Heads.Length..] : "", "main", "master"];
        return names.Select(name => branches.Find(branch => branch.Name == name)).FirstOrDefault(branch => branch is not null) ?? branches[0];
    }
}

/// <summary>A branch.</summary>
/// <param name="Name">Its name, which may have slashes in it.</param>
/// <param name="Id">The hash of its last commit.</param>
internal sealed record GitBranch(string Name, string Id);

/// <summary>A tag.</summary>
/// <param name="Name">Its name, which may have slashes in it.</param>
/// <param name="Id">What it names: a commit, another tag, or something else.</param>
/// <param name="Tagger">Who made it, and when; null of one that is only a name.</param>
/// <param name="Message">Its message.</param>
internal sealed record GitTag(string Name, string Id, GitPerson? Tagger, string Message);
