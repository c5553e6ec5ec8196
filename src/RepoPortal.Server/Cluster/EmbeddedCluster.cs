using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;

namespace RepoPortal.Server.Cluster;

/// <summary>A cluster of one: the silo runs in this process, listens on loopback only, and its membership lives and dies with it.</summary>
internal static class EmbeddedCluster
{
    private const string Id = "repoportal";

    /// <summary>Adds the silo. Reminders are kept in memory: at every start the portal wakes each row that is not settled, so none is needed from before.</summary>
    public static void AddEmbeddedCluster(this WebApplicationBuilder builder)
    {
        var storage = builder.Configuration.GetSection(StorageNodeOptions.Section).Get<StorageNodeOptions>() ?? new StorageNodeOptions();
        builder.UseOrleans(silo =>
        {
            var port = FreeLoopbackPort();
            silo.UseLocalhostClustering(
                siloPort: port, gatewayPort: 0, primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, port), serviceId: Id, clusterId: Id);
            silo.Configure<EndpointOptions>(endpoint => endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port));
            silo.UseInMemoryReminderService();
            silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal) { [NodePinnedPlacement.MetadataKey] = storage.Name });
            silo.AddPlacementDirector<NodePinnedPlacement, NodePinnedDirector>();
        });
    }

    // Several installations may live on one machine, so no port is fixed; nobody else needs to know this one.
    private static int FreeLoopbackPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
