using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.StorageNode;

namespace RepoPortal.Tests.Fixtures;

/// <summary>A host with the wanted parts of a storage node, composed as the server composes them.</summary>
internal static class NodeHost
{
    /// <summary>Builds a host, not started yet.</summary>
    public static IHost Build(string data, (string Key, string Value)[] settings, Action<IServiceCollection> parts)
    {
        if (Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("A storage node does not run as root, so these tests run as another user; infra/test sees to it.");
        return BuildAsAnybody(data, settings, parts);
    }

    /// <summary>The same without httpd, which alone refuses root.</summary>
    public static IHost BuildAsAnybody(string data, (string Key, string Value)[] settings, Action<IServiceCollection> parts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // A test has one disk. What a node says to that is tested by the one test that takes this back.
        builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.SameFileSystem)}"] = "true";
        foreach (var (key, value) in settings)
            builder.Configuration[key.Contains(':', StringComparison.Ordinal) ? key : $"{StorageNodeOptions.Section}:{key}"] = value;
        builder.Logging.AddProvider(new TestLog());
        builder.Services.AddSingleton(new DataDirectory(data));
        builder.Services.AddNodeDirectories();
        parts(builder.Services);
        return builder.Build();
    }
}
