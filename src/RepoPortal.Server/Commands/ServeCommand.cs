using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Server.Hosting;

namespace RepoPortal.Server.Commands;

/// <summary><c>serve</c>: runs portal, gateway and storage node until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int?>("--port") { Description = "The port to listen on, on localhost (default: RepoPortal:Port, else 8080).", HelpName = "N" };
        var command = new Command("serve", "Serve the portal and the repositories.") { port };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(CommandLine.Data), arguments.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? data, int? port, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await Console.Error.WriteLineAsync(
                "RepoPortal does not serve as root: httpd refuses to, and what reads untrusted requests should own nothing else. Run it as a user of its own, or use infra/run, which makes one.");
            return ExitCode.Refused;
        }

        try
        {
            await using var app = ServerHost.Build(data, port);
            await app.RunAsync(cancellationToken);
            return ExitCode.Done;
        }
        catch (OptionsValidationException invalid)
        {
            return await RefuseAsync(string.Join(Environment.NewLine, invalid.Failures));
        }
        catch (StorageException storage)
        {
            return await RefuseAsync(storage.Message);
        }
        catch (DataDirectoryException unusable)
        {
            return await RefuseAsync(unusable.Message);
        }
        catch (IOException unusable) when (unusable.InnerException is AddressInUseException or AggregateException)
        {
            return await RefuseAsync($"{unusable.Message} Stop what listens there, or choose another port with --port.");
        }
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return ExitCode.Refused;
    }
}
