using RepoPortal.Contracts;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Server.Cluster;

namespace RepoPortal.Server.Hosting;

/// <summary>Composes the roles into one web application: the table of contents of the process.</summary>
internal static class ServerHost
{
    /// <summary>Builds the application that serves everything.</summary>
    /// <param name="data">The data directory when the command line names one.</param>
    /// <param name="port">The port when the command line names one.</param>
    public static WebApplication Build(string? data, int? port)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var options = builder.Configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new ServerOptions();
        builder.Services.AddSingleton(new DataDirectory(data ?? options.DataDirectory));
        builder.AddEmbeddedCluster(NodeName.TryParse("node-1", out var node) ? node : default);
        builder.WebHost.UseUrls($"http://localhost:{port ?? options.Port}");
        return builder.Build();
    }
}
