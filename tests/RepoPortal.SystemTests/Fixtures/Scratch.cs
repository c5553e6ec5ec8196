namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A directory of a test's own below the system's temporary directory; gone when the test ends.</summary>
public sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rp-system-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
