using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Hooks;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>
/// The way from nothing to a served repository. Until it is stored, nobody sees it and the janitor removes it; once it is stored it is complete, and
/// another attempt only has to serve it.
/// </summary>
internal sealed class ProvisionSteps(NodeDirectories directories, ServedNames served)
{
    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<ProvisionStep> All => [.. Make, Serve];

    /// <summary>Ends with the repository in the store.</summary>
    public IReadOnlyList<ProvisionStep> Make =>
        [new("create", Create), .. FromFiles];

    /// <summary>The same for a repository whose files are there already.</summary>
    public IReadOnlyList<ProvisionStep> FromFiles =>
        [new("hooks", SetUpHooks), new("access file", WriteAccessFile), new("sync", Sync), new("store", Store)];

    /// <summary>Puts the served name on it.</summary>
    public ProvisionStep Serve => new("serve", attempt => served.Publish(attempt.Request.Name, attempt.Request.Copy));

    private static void Create(ProvisionAttempt attempt)
    {
        var request = attempt.Request;
        SvnRepositoryClient.CreateRepository(attempt.Temporary);
        SvnRepositoryClient.SetUuid(attempt.Temporary, request.Uuid);
        var date = request.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        SvnRepositoryClient.SetRevisionProperty(attempt.Temporary, 0, "svn:date", date);
        if (request.Layout == RepositoryLayout.Standard)
            SvnRepositoryClient.CommitLayout(attempt.Temporary, SvnLayout.Standard(request.Creator.Value, "Create trunk, branches and tags."));
    }

    private static void SetUpHooks(ProvisionAttempt attempt)
    {
        var hooks = Path.Combine(attempt.Temporary, "hooks");
        Empty(hooks);
        foreach (var hook in HookDispatch.Hooks)
            File.CreateSymbolicLink(Path.Combine(hooks, hook), HookProgram.LinkFromHooks);
    }

    private static void WriteAccessFile(ProvisionAttempt attempt)
    {
        Empty(Path.Combine(attempt.Temporary, "conf"));
        Access.WriteAccessFile.WriteFirst(attempt.Temporary, attempt.Request.AccessFile);
        if (attempt.Request.Quota is { } quota)
            File.WriteAllText(QuotaFile.PathIn(attempt.Temporary), QuotaFile.TextOf(quota));
    }

    /// <summary>From here on it survives a power cut: what the record calls ready must not be empty afterwards.</summary>
    // One call for the file system is many times faster than one for each of the 34 files and directories, each of which would wait for the journal.
    private static void Sync(ProvisionAttempt attempt) => Libc.SyncFileSystem(attempt.Temporary);

    private void Store(ProvisionAttempt attempt)
    {
        var copy = directories.Copy(attempt.Request.Copy);
        var repository = Path.GetDirectoryName(copy)!;
        Directory.CreateDirectory(repository);
        Directory.Move(attempt.Temporary, copy);
        Libc.Sync(repository);
        Libc.Sync(directories.Store);
    }

    // libsvn puts templates there that are longer than a new repository.
    private static void Empty(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory))
            File.Delete(file);
    }
}
