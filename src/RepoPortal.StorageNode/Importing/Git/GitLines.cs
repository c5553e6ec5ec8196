using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>
/// Decides which directory a commit is written to. A branch has the commits that lead to its tip by first parents, as far as no branch before it has them; what is
/// left was merged from a branch that is gone, or has only a tag, and gets a line of its own. git itself does not know on which branch something was committed.
/// </summary>
internal sealed class GitLines
{
    private const string Trunk = "trunk";

    private readonly Dictionary<string, GitLine> _byCommit = new(StringComparer.Ordinal);
    private readonly Dictionary<int, GitLine> _unnamed = [];
    private readonly GitRemarks _remarks;

    private GitLines(GitRemarks remarks) => _remarks = remarks;

    /// <summary>The branches and what they are called in Subversion; trunk is the first.</summary>
    public List<(GitBranch Branch, GitLine Line)> Branches { get; } = [];

    /// <summary>Works them out.</summary>
    /// <exception cref="StorageException">git cannot read its history.</exception>
    public static async Task<GitLines> ReadAsync(GitDirectory git, GitReferences references, GitRemarks remarks, CancellationToken cancellationToken)
    {
        var lines = new GitLines(remarks);
        var first = await FirstParentsAsync(git, cancellationToken);
        foreach (var branch in references.Branches)
        {
            var line = new GitLine(lines.Branches.Count == 0 ? Trunk : $"branches/{SafeName(branch.Name)}", isNamed: true);
            lines.Branches.Add((branch, line));
            for (var commit = branch.Id; commit is not null && lines._byCommit.TryAdd(commit, line);)
                commit = first.GetValueOrDefault(commit);
        }

        return lines;
    }

    /// <summary>A name of git's as a path; git allows slashes in it, and nothing that would lead elsewhere.</summary>
    public static string SafeName(string name) => string.Join('/', name.Split('/').Select(part => GitText.Name(System.Text.Encoding.UTF8.GetBytes(part), out _)));

    /// <summary>The line of a commit.</summary>
    public GitLine Of(GitCommit commit)
    {
        if (_byCommit.Remove(commit.Id, out var named))
            return named;
        if (commit.Parents.Count > 0 && _unnamed.Remove(commit.Parents[0], out var goesOn))
            return _unnamed[commit.Mark] = goesOn;
        _remarks.Unnamed++;
        return _unnamed[commit.Mark] = new GitLine($"branches/unnamed-{commit.Id[..12]}", isNamed: false);
    }

    /// <summary>Ends the line without a branch whose last commit that is.</summary>
    /// <returns>The line; null when there is none.</returns>
    public GitLine? End(int mark) => _unnamed.Remove(mark, out var line) ? line : null;

    private static Task<Dictionary<string, string>> FirstParentsAsync(GitDirectory git, CancellationToken cancellationToken) =>
        git.RunAsync(ReadFirstParentsAsync, cancellationToken, "rev-list", "--parents", "--branches");

    private static async Task<Dictionary<string, string>> ReadFirstParentsAsync(StreamReader output)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await output.ReadLineAsync() is { } text)
        {
            if (text.Split(' ') is [var commit, var parent, ..])
                parents[commit] = parent;
        }

        return parents;
    }
}
