using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway;
using RepoPortal.Portal;
using RepoPortal.Server.Cluster;
using RepoPortal.StorageNode;

namespace RepoPortal.Server.Hosting;

/// <summary>Composes the roles into one web application: the table of contents of the process.</summary>
internal static class ServerHost
{
    /// <summary>Builds the application that serves everything.</summary>
    /// <param name="data">The data directory when the command line names one.</param>
    /// <param name="port">The port when the command line names one.</param>
    /// <exception cref="OptionsValidationException">A setting of the process as a whole is not allowed.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be made or written.</exception>
    public static WebApplication Build(string? data, int? port)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var directory = DataDirectoryOf(builder.Configuration, data);
        DataDirectoryCheck.Require(directory);
        builder.Services.AddSingleton(directory);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddListener(port);

        // Started in this order and stopped in the reverse: nothing asks for what is not there yet.
        builder.AddEmbeddedCluster();
        builder.AddPortal();
        builder.AddStorageNode();
        builder.AddGateway();
        builder.Services.AddHostedService<Welcome>();

        var app = builder.Build();
        app.UseGateway();
        app.MapPortal();
        app.MapHealth();
        return app;
    }

    /// <summary>The data directory: named by the command line, else configured.</summary>
    public static DataDirectory DataDirectoryOf(IConfiguration configuration, string? data) =>
        new(data ?? configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()?.DataDirectory ?? new ServerOptions().DataDirectory);

    private static void AddListener(this WebApplicationBuilder builder, int? port)
    {
        var configured = builder.Configuration[$"{ServerOptions.Section}:{nameof(ServerOptions.Port)}"];
        port ??= configured is null ? new ServerOptions().Port : int.TryParse(configured, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (port is < 1 or > ushort.MaxValue)
            throw new OptionsValidationException(nameof(ServerOptions), typeof(ServerOptions), [$"RepoPortal:Port is '{configured ?? $"{port}"}'; allowed is 1 to 65535."]);
        if (builder.Configuration["Urls"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        builder.WebHost.ConfigureKestrel(Tune);
    }

    private static void Tune(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // A path of 4,000 characters, each of them percent-encoded; httpd is configured alike.
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
    }
}
