using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Installs the hook program in the node's directory, where the hooks of all repositories point to.</summary>
internal sealed class HookProgram(NodeDirectories directories, IOptions<StorageNodeOptions> options) : IHostedService
{
    /// <summary>The installed program, as seen from a repository's <c>hooks</c> directory, <c>store/{id}/{generation}/hooks</c>.</summary>
    public const string LinkFromHooks = "../../../../hook/" + FileName;

    private const string FileName = "repoportal-hook";
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Installs this server's version in one step: hooks that run at that moment keep the old one.</summary>
    /// <exception cref="StorageException">There is no hook program.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var program = Path.GetFullPath(options.Value.HookProgram, AppContext.BaseDirectory);
        if (!File.Exists(program))
            throw new StorageException($"The hook program '{program}' is missing; 'dotnet publish src/RepoPortal.Hook' makes it, and RepoPortal:StorageNode:HookProgram says where it is.");
        var installed = Path.Combine(directories.Hook, FileName);
        var fresh = installed + ".new";
        File.Copy(program, fresh, overwrite: true);
        File.SetUnixFileMode(fresh, Executable);
        Libc.Rename(fresh, installed);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
