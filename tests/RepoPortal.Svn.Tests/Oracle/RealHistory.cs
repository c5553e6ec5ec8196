using ZstdSharp;

[assembly: AssemblyFixture(typeof(RepoPortal.Svn.Tests.Oracle.RealHistory))]

namespace RepoPortal.Svn.Tests.Oracle;

/// <summary>The first 2,000 revisions of a real project, loaded with svnadmin when the first test asks; deleted at the end of the run.</summary>
public sealed class RealHistory : IDisposable
{
    private const string Variable = "REPOPORTAL_TEST_HISTORY";

    private readonly string _root = Directory.CreateTempSubdirectory("repoportal-history-").FullName;
    private readonly Lazy<string> _path;

    public RealHistory() => _path = new Lazy<string>(Load);

    /// <summary>The repository's directory; skips the test where there is no dump.</summary>
    public string Path
    {
        get
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable(Variable) is null, $"{Variable} does not name a compressed dump file");
            return _path.Value;
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Load()
    {
        var path = System.IO.Path.Join(_root, "history");
        Tool.Run("svnadmin", "create", path);
        using var compressed = File.OpenRead(Environment.GetEnvironmentVariable(Variable)!);
        using var dump = new DecompressionStream(compressed);
        Tool.Run("svnadmin", ["load", "--quiet", "--bypass-prop-validation", "--no-flush-to-disk", path], dump);
        return path;
    }
}
