using System.Net;
using System.Net.Sockets;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>
/// Reads a repository on another server by <c>svnrdump</c>, as a child that ends with this process. The address comes from anybody who may make a repository, so it must
/// not lead into the networks behind the node; svnrdump follows no redirection.
/// </summary>
internal sealed class OpenServer(NodeDirectories directories, ForeignNetworks networks, QuietProcesses processes)
{
    private const string Program = "/usr/bin/svnrdump";
    private static readonly string[] Schemes = ["http", "https", "svn"];

    /// <exception cref="StorageException">The address leads nowhere, or where it must not.</exception>
    public async Task<OpenedSource> RunAsync(ServerSource source, CancellationToken cancellationToken)
    {
        if (!Schemes.Contains(source.Address.Scheme))
            throw new StorageException($"'{source.Address.Scheme}' is no scheme that repositories are imported by");
        await RequireForeignAsync(source.Address, cancellationToken);
        // Empty, so that no settings, no stored passwords and no tunnels of anybody's come in.
        var configuration = Path.Combine(directories.Temporary, $"svnrdump-{Guid.NewGuid():n}");
        Directory.CreateDirectory(configuration);
        var process = await processes.StartAsync(Program, Arguments(source, configuration), takesInput: true);
        if (source.Password is { } password)
            await process.StandardInput.WriteLineAsync(password);
        process.StandardInput.Close();
        var dump = new ChildOutput(process, "the other server could not be read", configuration);
        return new OpenedSource(dump, length: null, () => dump.BytesRead) { Abort = dump.Abort };
    }

    private static IEnumerable<string> Arguments(ServerSource source, string configuration) =>
    [
        "dump", "-q", "--non-interactive", "--no-auth-cache", "--config-dir", configuration,
        .. source.UserName is { } name ? ["--username", name] : Array.Empty<string>(),
        .. source.Password is not null ? ["--password-from-stdin"] : Array.Empty<string>(),
        source.Address.AbsoluteUri.TrimEnd('/'),
    ];

    private async Task RequireForeignAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(address.IdnHost, cancellationToken);
            if (found.Length == 0 || !found.All(networks.Allow))
                throw new StorageException($"'{address.Host}' is in a network that nothing is imported from; the operator of this site can allow it (RepoPortal:StorageNode:ImportNetworks)");
        }
        catch (SocketException exception)
        {
            throw new StorageException($"'{address.Host}' cannot be found: {exception.Message}", exception);
        }
    }
}
