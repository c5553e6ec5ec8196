using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Repositories;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>Makes and changes repositories, as <c>svnadmin</c> does, in process. Hooks are run where it says so. Calls may come from any thread.</summary>
public static unsafe class SvnRepositoryClient
{
    /// <summary>
    /// Makes a repository (FSFS, the newest format of the library) in a directory that does not exist or is empty; its parent exists.
    /// The file <c>format</c> is written last: without it the directory is no repository yet.
    /// </summary>
    /// <returns>The UUID of the new repository.</returns>
    /// <exception cref="SvnException">The directory has something in it, is inside another repository, or cannot be written.</exception>
    public static string CreateRepository(string repositoryPath, SvnLayout? layout = null)
    {
        using var repository = OpenRepository.Create(repositoryPath);
        if (layout is not null) LayoutCommit.Commit(repository, layout);
        return repository.GetUuid();
    }

    /// <summary>Gives a repository another UUID. Working copies and httpd's caches know it by the old one, so this is for a repository that nobody has seen yet.</summary>
    /// <exception cref="SvnException">There is no repository, or it cannot be written.</exception>
    public static void SetUuid(string repositoryPath, Guid uuid)
    {
        using var repository = OpenRepository.Open(repositoryPath);
        using var pool = new SvnPool();
        Check(SvnFs.svn_fs_set_uuid(repository.Fs, uuid.ToString("d"), pool));
    }

    /// <summary>Makes the layout's directories in one commit, dated now.</summary>
    /// <returns>The new revision.</returns>
    /// <exception cref="SvnException">One of them exists, or its parent does not; nothing was committed.</exception>
    public static long CommitLayout(string repositoryPath, SvnLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var repository = OpenRepository.Open(repositoryPath);
        return LayoutCommit.Commit(repository, layout);
    }

    /// <summary>Sets a property of a revision, or removes it.</summary>
    /// <param name="repositoryPath">The repository's directory on disk.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="name">The property, such as <c>svn:log</c>.</param>
    /// <param name="value">The new value; null removes the property.</param>
    /// <exception cref="SvnException">There is no such revision, or the value is not allowed, such as a CR in an <c>svn:</c> property.</exception>
    public static void SetRevisionProperty(string repositoryPath, long revision, string name, string? value)
    {
        using var repository = OpenRepository.Open(repositoryPath);
        using var pool = new SvnPool();
        Check(SvnRepos.svn_repos_fs_change_rev_prop4(
            repository.Repos, (nint)revision, author: null, Utf8.WithoutNull(name), oldValue: null,
            value is null ? null : Utf8.Allocate(value, pool), usePreHook: 0, usePostHook: 0, authzRead: null, authzReadBaton: null, pool));
    }

    /// <summary>
    /// Changes a property of a revision on somebody's behalf, if it has the expected value. The hook <c>pre-revprop-change</c> is asked where there is one: without it,
    /// Subversion lets no client change such a property, and whoever calls decides. <c>post-revprop-change</c> is run.
    /// </summary>
    /// <param name="repositoryPath">The repository's directory on disk.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="name">The property, such as <c>svn:log</c>.</param>
    /// <param name="expected">The value that it has; null for none.</param>
    /// <param name="value">The new value.</param>
    /// <param name="user">Who changes it, for the hooks.</param>
    /// <exception cref="SvnException">
    /// There is no such revision, it has another value (<see cref="SvnErrorCode.FsPropBaseValueMismatch"/>), or a hook complains
    /// (<see cref="SvnErrorCode.RepositoryHookFailure"/>); after the change, if it is the second hook.
    /// </exception>
    public static void ChangeRevisionProperty(string repositoryPath, long revision, string name, SvnPropertyValue? expected, string value, string user)
    {
        using var repository = OpenRepository.Open(repositoryPath);
        using var pool = new SvnPool();
        svn_string_t* old = expected is null ? null : Utf8.Allocate(expected.RawValue.Span, pool);
        var asks = File.Exists(Path.Combine(repositoryPath, "hooks", "pre-revprop-change"));
        Check(SvnRepos.svn_repos_fs_change_rev_prop4(
            repository.Repos, (nint)revision, Utf8.WithoutNull(user), Utf8.WithoutNull(name), &old, Utf8.Allocate(value, pool),
            usePreHook: asks ? 1 : 0, usePostHook: 1, authzRead: null, authzReadBaton: null, pool));
    }

    /// <summary>Takes the lock off a path, whoever holds it; the hooks <c>pre-unlock</c> and <c>post-unlock</c> are run where there are any.</summary>
    /// <param name="repositoryPath">The repository's directory on disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="user">Who breaks it, for the hooks.</param>
    /// <exception cref="SvnException">There is no lock (<see cref="SvnErrorCode.FsNoSuchLock"/>), or a hook complains.</exception>
    public static void BreakLock(string repositoryPath, string path, string user)
    {
        using var repository = OpenRepository.Open(repositoryPath);
        using var pool = new SvnPool();
        svn_fs_access_t* access;
        Check(SvnFs.svn_fs_create_access(&access, Utf8.WithoutNull(user), pool));
        Check(SvnFs.svn_fs_set_access(repository.Fs, access));
        Check(SvnRepos.svn_repos_fs_unlock(repository.Repos, FsPath.Canonicalize(path), token: null, breakLock: 1, pool));
    }
}
