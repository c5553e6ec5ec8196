using CliWrap.Buffered;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>The stock svn client with somebody's token, and a configuration directory of its own.</summary>
internal sealed class SvnUser(string? name, string? token) : IDisposable
{
    private readonly ScratchDirectory _configuration = new();

    /// <summary>Runs <c>svn</c>; it has to succeed.</summary>
    public Task<string> RunAsync(params string[] arguments) => Command.RunAsync("svn", All(arguments));

    /// <summary>Runs <c>svn</c>, whatever comes of it.</summary>
    public Task<BufferedCommandResult> TryAsync(params string[] arguments) => Command.TryAsync("svn", All(arguments));

    public void Dispose() => _configuration.Dispose();

    private string[] All(string[] arguments) =>
    [
        .. arguments, "--config-dir", _configuration.Path, "--non-interactive", "--no-auth-cache",
        "--trust-server-cert-failures=unknown-ca,cn-mismatch,other",
        .. name is null ? Array.Empty<string>() : ["--username", name, "--password", token!],
    ];
}
