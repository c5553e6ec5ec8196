using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Tests.Oracle;

// Each test looks at the number of living pools, which belongs to the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace RepoPortal.Svn.Tests;

/// <summary>A test with a directory of its own; it fails when a pool outlives it.</summary>
public abstract class RepositoryTest : IDisposable
{
    protected RepositoryTest() => Root = Directory.CreateTempSubdirectory("repoportal-svn-").FullName;

    protected string Root { get; }

    protected SvnLookClient Look { get; } = new();

    /// <summary>A directory for a repository, which does not exist.</summary>
    protected string NewPath(string name = "repository") => Path.Join(Root, name);

    protected string CreateRepository(string name = "repository")
    {
        var path = NewPath(name);
        SvnRepositoryClient.CreateRepository(path);
        return path;
    }

    /// <summary>Commits with svnmucc, such as <c>Commit(repository, "mkdir", "trunk")</c>.</summary>
    protected static void Commit(string repository, params string[] actions) =>
        Tool.Run("svnmucc", ["--non-interactive", "-u", "alice", "-m", "a message", "-U", new Uri(repository).AbsoluteUri, .. actions]);

    /// <summary>Commits a file with the given content.</summary>
    protected void CommitFile(string repository, string path, byte[] content)
    {
        var source = NewPath("content");
        File.WriteAllBytes(source, content);
        Commit(repository, "put", source, path);
    }

    public void Dispose()
    {
        Look.Dispose();
        Directory.Delete(Root, recursive: true);
        Assert.Equal(0, SvnPool.Live);
        GC.SuppressFinalize(this);
    }
}
