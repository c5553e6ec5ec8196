using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Httpd;

namespace RepoPortal.StorageNode;

/// <summary>The role "storage" of the server.</summary>
public static class StorageNodeServices
{
    /// <summary>Registers everything of a storage node. Needs a <see cref="DataDirectory"/> and an Orleans silo in the same host.</summary>
    public static IHostApplicationBuilder AddStorageNode(this IHostApplicationBuilder builder)
    {
        builder.Services.AddNodeDirectories();
        builder.Services.AddHttpd();
        return builder;
    }

    /// <summary>The node's options, directories and lock; first, because hosted services start in the order in which they were added.</summary>
    internal static IServiceCollection AddNodeDirectories(this IServiceCollection services)
    {
        services.AddOptions<StorageNodeOptions>().BindConfiguration(StorageNodeOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => NodeName.TryParse(options.Name, out _),
                "RepoPortal:StorageNode:Name has 1 to 32 characters out of a-z, 0-9 and '-', and starts with a letter.")
            .ValidateOnStart();
        services.AddSingleton(provider => new NodeDirectories(provider.GetRequiredService<DataDirectory>(), NameOf(provider)));
        services.AddHostedService<NodeLock>();
        return services;
    }

    /// <summary>The node's own httpd.</summary>
    internal static IServiceCollection AddHttpd(this IServiceCollection services)
    {
        services.AddSingleton<HttpdProbe>();
        services.AddSingleton<HttpdLauncher>();
        services.AddSingleton<HttpdService>();
        services.AddHostedService(provider => provider.GetRequiredService<HttpdService>());
        services.AddHealthChecks().AddCheck<HttpdHealthCheck>("httpd").AddCheck<DiskHealthCheck>("disk");
        return services;
    }

    private static NodeName NameOf(IServiceProvider provider) =>
        NodeName.TryParse(provider.GetRequiredService<IOptions<StorageNodeOptions>>().Value.Name, out var name)
            ? name
            : throw new InvalidOperationException("The options are validated before.");
}
