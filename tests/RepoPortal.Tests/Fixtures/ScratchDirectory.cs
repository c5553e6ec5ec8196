namespace RepoPortal.Tests.Fixtures;

/// <summary>A directory of a test's own below the system's temporary directory; gone when the test ends. Its name has a space, as a user's may.</summary>
public sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rp test ").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
