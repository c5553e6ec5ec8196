using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway;
using RepoPortal.Portal;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.People.Providers;
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
    public static WebApplication Build(string? data, int? port) => Build(CreateBuilder(data, backups: null), builder =>
    {
        builder.AddListener(port);
        builder.Services.AddHostedService<Welcome>();
    });

    /// <summary>Builds the same on a loopback port that nobody knows, with the backups that are restored from: nobody commits before everything is back.</summary>
    /// <param name="data">The data directory when the command line names one.</param>
    /// <param name="backups">The directory of the backups.</param>
    public static WebApplication BuildForRestore(string? data, string backups) =>
        Build(CreateBuilder(data, backups), builder =>
        {
            // What goes well is the command's to say.
            foreach (var category in builder.Configuration.GetSection("Logging:LogLevel").GetChildren())
                category.Value = nameof(LogLevel.Error);
            builder.WebHost.UseSetting("Kestrel:Endpoints", null).UseUrls("http://127.0.0.1:0");
        });

    /// <summary>A builder that knows the data directory, and reads the settings.</summary>
    /// <param name="data">The data directory when the command line names one.</param>
    /// <param name="backups">The directory of the backups when the command line names one.</param>
    public static WebApplicationBuilder CreateBuilder(string? data, string? backups)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (backups is not null)
        {
            builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.Directory)}"] = Path.GetFullPath(backups);
            builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.ReadOnly)}"] = "true";
        }

        builder.Services.AddSingleton(DataDirectoryOf(builder.Configuration, data));
        return builder;
    }

    private static WebApplication Build(WebApplicationBuilder builder, Action<WebApplicationBuilder> listen)
    {
        SettingsCheck.Require(builder.Configuration,
        [
            (ServerOptions.Section, typeof(ServerOptions)),
            (PortalOptions.Section, typeof(PortalOptions)),
            (MailOptions.Section, typeof(MailOptions)),
            (StorageNodeOptions.Section, typeof(StorageNodeOptions)),
            (GatewayOptions.Section, typeof(GatewayOptions)),
            (BackupOptions.Section, typeof(BackupOptions)),
            (OffSiteOptions.Section, typeof(OffSiteOptions)),
            (SignInOptions.Section, typeof(SignInOptions)),
            (EntraOptions.Section, typeof(EntraOptions)),
            .. Children(builder.Configuration, $"{SignInOptions.Section}:Providers", typeof(ProviderOptions)),
            .. Children(builder.Configuration, $"{SignInOptions.Section}:Rules", typeof(ArrivalRule)),
        ]);
        DataDirectoryCheck.Require(builder.Services.Select(service => service.ImplementationInstance).OfType<DataDirectory>().Single());
        builder.Services.AddSingleton(TimeProvider.System);

        // Started in this order and stopped in the reverse: nothing asks for what is not there yet.
        builder.AddEmbeddedCluster();
        builder.AddPortal();
        builder.AddStorageNode();
        builder.AddGateway();
        listen(builder);

        var app = builder.Build();
        app.UseGateway();
        app.MapPortal();
        app.MapHealth();
        return app;
    }

    /// <summary>The data directory: named by the command line, else configured.</summary>
    public static DataDirectory DataDirectoryOf(IConfiguration configuration, string? data) =>
        new(data ?? configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()?.DataDirectory ?? new ServerOptions().DataDirectory);

    private static IEnumerable<(string Section, Type Options)> Children(ConfigurationManager configuration, string section, Type options) =>
        configuration.GetSection(section).GetChildren().Select(child => (child.Path, options));

    private static void AddListener(this WebApplicationBuilder builder, int? port)
    {
        port ??= builder.Configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()?.Port ?? new ServerOptions().Port;
        if (port is < 1 or > ushort.MaxValue)
            throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), [$"RepoPortal:Port is '{port}'; allowed is 1 to 65535."]);
        if (builder.Configuration["Urls"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        builder.WebHost.ConfigureKestrel(Tune);
    }

    private static void Tune(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // mod_dav_svn writes paths into ETag as raw UTF-8; byte for byte is what every client expects back.
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        // A path of 4,000 characters, each of them percent-encoded; httpd is configured alike.
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
    }
}
