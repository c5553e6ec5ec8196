using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RepoPortal.Contracts;
using RepoPortal.Portal.People.FirstAdministrator;

namespace RepoPortal.Server.Hosting;

/// <summary>What a newcomer needs to see once everything runs: the address, and how to become the first administrator.</summary>
internal sealed class Welcome(IServer server, DataDirectory data, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    /// <summary>Kestrel has started by now, so the addresses are the ones it listens on.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.FirstOrDefault() is { } first)
            await File.WriteAllTextAsync(data.AddressFile, first, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var firstAdministrator = await scope.ServiceProvider.GetRequiredService<CreateFirstAdministrator>().IssueLinkAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"RepoPortal serves at {string.Join(", ", addresses)}");
        if (firstAdministrator is not null)
            await Console.Out.WriteLineAsync($"There is no administrator yet. This link makes the first one, once: {firstAdministrator}");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
