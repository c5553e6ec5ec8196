using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Quotas;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Decides about a call of a hook. What it does not know it refuses, so that nothing goes through unseen.</summary>
internal sealed class HookDispatch(NodeDirectories directories, CommitReports reports, DigestQueue digests, CheckQuota quota)
{
    /// <summary>The hooks that are set up in every repository.</summary>
    public static IReadOnlyList<string> Hooks { get; } = ["pre-commit", "post-commit"];

    public HookVerdict Decide(HookCall call)
    {
        if (CopyPaths.Find(directories, call.RepositoryPath) is not { } copy)
            return new HookVerdict($"'{call.RepositoryPath}' is not a repository of this server.");
        return call.Hook switch
        {
            "pre-commit" => new HookVerdict(quota.Refuse(copy, NameOf(call), call.Arguments.Count > 0 ? call.Arguments[0] : null)),
            "post-commit" => PostCommit(copy, call.Arguments),
            _ => new HookVerdict($"RepoPortal does not know the hook '{call.Hook}'."),
        };
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
