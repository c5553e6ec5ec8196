using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Decides about a call of a hook. What it does not know it refuses, so that nothing goes through unseen.</summary>
internal sealed class HookDispatch(NodeDirectories directories, CommitReports reports, DigestQueue digests, CheckQuota quota, ReservedNumbers numbers, SvnLookClient look)
{
    /// <summary>The hooks that are set up in every repository.</summary>
    public static IReadOnlyList<string> Hooks { get; } = ["pre-commit", "post-commit"];

    public HookVerdict Decide(HookCall call)
    {
        if (CopyPaths.Find(directories, call.RepositoryPath) is not { } copy)
            return new HookVerdict($"'{call.RepositoryPath}' is not a repository of this server.");
        return call.Hook switch
        {
            "pre-commit" => PreCommit(copy, call),
            "post-commit" => PostCommit(copy, call.Arguments),
            _ => new HookVerdict($"RepoPortal does not know the hook '{call.Hook}'."),
        };
    }

    // Subversion passes REPOS-PATH TXN-NAME.
    private HookVerdict PreCommit(RepositoryCopy copy, HookCall call)
    {
        if (call.Arguments is not [var transaction, ..] || transaction.Contains('/', StringComparison.Ordinal))
            return new HookVerdict("RepoPortal did not understand what is to be committed.");
        if (quota.Refuse(copy, NameOf(call), transaction) is { } sentence)
            return new HookVerdict(sentence);
        numbers.Reserve(copy, look.GetYoungest(directories.Copy(copy)), transaction);
        return HookVerdict.Allow;
    }

    // The name in the address; somebody beside httpd works in the store itself.
    private string NameOf(HookCall call) => Path.GetDirectoryName(call.RepositoryPath) == directories.Serve ? Path.GetFileName(call.RepositoryPath) : "this repository";

    // Subversion passes REPOS-PATH REV TXN-NAME. The client waits for us, so the news is only noted here.
    private HookVerdict PostCommit(RepositoryCopy copy, IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !long.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            return new HookVerdict("RepoPortal did not understand which revision was committed.");
        reports.Add(copy.Repository, revision);
        digests.Add(copy, revision);
        return HookVerdict.Allow;
    }
}
