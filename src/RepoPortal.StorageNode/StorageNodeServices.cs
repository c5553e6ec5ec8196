using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Amending;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Backups.OffSite;
using RepoPortal.StorageNode.Copying;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.StorageNode.History;
using RepoPortal.StorageNode.Hooks;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.StorageNode.Importing;
using RepoPortal.StorageNode.Importing.Sources;
using RepoPortal.StorageNode.Janitor;
using RepoPortal.StorageNode.Jobs;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.StorageNode.Reading;
using RepoPortal.StorageNode.Searching;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode;

/// <summary>The role "storage" of the server.</summary>
public static class StorageNodeServices
{
    /// <summary>Registers everything of a storage node. Needs a <see cref="DataDirectory"/> and an Orleans silo in the same host.</summary>
    public static IHostApplicationBuilder AddStorageNode(this IHostApplicationBuilder builder)
    {
        builder.Services.AddNodeDirectories();
        builder.Services.AddHttpd();
        builder.Services.AddRepositories();
        builder.Services.AddBackups();
        builder.Services.AddHooks();
        builder.Services.AddHostedService<JanitorService>();
        builder.Services.AddHostedService<NodeAnnouncer>();
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
            .Validate(
                options => ForeignNetworks.AreNetworks(options.ImportNetworks),
                "RepoPortal:StorageNode:ImportNetworks names networks, as in 10.20.0.0/16.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new NodeDirectories(provider.GetRequiredService<DataDirectory>(), NameOf(provider)));
        services.AddHostedService<NodeLock>();
        return services;
    }

    /// <summary>The node's own httpd.</summary>
    internal static IServiceCollection AddHttpd(this IServiceCollection services)
    {
        services.AddHostedService<HttpdInstallationCheck>();
        services.AddSingleton<HttpdProbe>();
        services.AddSingleton<HttpdLauncher>();
        services.AddSingleton<HttpdService>();
        services.AddHostedService(provider => provider.GetRequiredService<HttpdService>());
        services.AddHealthChecks().AddCheck<HttpdHealthCheck>("httpd").AddCheck<DiskHealthCheck>("disk");
        return services;
    }

    /// <summary>What is done with repositories; <see cref="StorageNodeGrain"/> passes the cluster's calls on to it.</summary>
    internal static IServiceCollection AddRepositories(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SvnLookClient(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CopyLocks>();
        services.AddSingleton<KeepDigests>();
        services.AddSingleton<ServedNames>();
        services.AddSingleton<ProvisionSteps>();
        services.AddSingleton<ProvisionRepository>();
        services.AddSingleton<DiscardCopy>();
        services.AddSingleton<ServeCopy>();
        services.AddSingleton<ReadCopy>();
        services.AddSingleton<MeasureCopy>();
        services.AddSingleton<ReadCommits>();
        services.AddSingleton<ListDirectory>();
        services.AddSingleton<ReadChange>();
        services.AddSingleton<FindLines>();
        services.AddSingleton<FindNearest>();
        services.AddSingleton<DescribeDirectory>();
        services.AddSingleton<NameState>();
        services.AddSingleton<ViewContent>();
        services.AddSingleton<OpenFiles>();
        services.AddSingleton<ReadFile>();
        services.AddSingleton<ListBelow>();
        services.AddSingleton<FindPaths>();
        services.AddSingleton<ListLocks>();
        services.AddSingleton<ReviewRevisions>();
        services.AddSingleton<DescribeSight>();
        services.AddSingleton<ExamineNodes>();
        services.AddSingleton<ReaderAccess>();
        services.AddSingleton<WriteAccessFile>();
        services.AddSingleton<SetQuota>();
        services.AddSingleton<CheckQuota>();
        services.AddHistory();
        services.AddSingleton<ReadHead>();
        services.AddSingleton<ReadMessages>();
        services.AddSingleton<ListChangedFiles>();
        services.AddSingleton<CorrectMessage>();
        services.AddSingleton<BreakLock>();
        return services;
    }

    /// <summary>What changed; <see cref="HistoryGrain"/> passes the cluster's calls on to it.</summary>
    internal static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<ReadHistory>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<ReadRevision>();
        services.AddSingleton<DiffRevision>();
        services.AddSingleton<WritePatch>();
        services.AddSingleton<CompareNodes>();
        services.AddSingleton<BlameFile>();
        services.AddSingleton<ListLines>();
        return services;
    }

    /// <summary>Backups, their verification and their way back; exports; and the long work of which they are a part.</summary>
    internal static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OffSiteOptions>().BindConfiguration(OffSiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<QuietProcesses>();
        services.AddSingleton<SvnAdmin>();
        services.AddSingleton<Rclone>();
        services.AddSingleton<CopyOffSite>();
        services.AddSingleton<BackupTarget>();
        services.AddSingleton<BackupLocks>();
        services.AddSingleton<ReservedNumbers>();
        services.AddSingleton<TakeBackup>();
        services.AddSingleton<VerifyRepository>();
        services.AddSingleton<VerifyCopy>();
        services.AddSingleton<RestoreBackup>();
        services.AddSingleton<RehearseRestore>();
        services.AddSingleton<SurveyBackups>();
        services.AddSingleton<ListSpareBackups>();
        services.AddSingleton<RemoveBackup>();
        services.AddSingleton<ExportFiles>();
        services.AddSingleton<WriteDump>();
        services.AddSingleton<WriteArchive>();
        services.AddSingleton<ExportRepository>();
        services.AddSingleton<ImportLocks>();
        services.AddSingleton<ForeignNetworks>();
        services.AddSingleton<OpenServer>();
        services.AddSingleton<OpenGit>();
        services.AddSingleton<OpenSource>();
        services.AddSingleton<AdoptRepository>();
        services.AddSingleton<LoadWatch>();
        services.AddSingleton<LoadRevisions>();
        services.AddSingleton<LoadImport>();
        services.AddSingleton<StoreImport>();
        services.AddSingleton<MeasureImport>();
        services.AddSingleton<ReceiveUpload>();
        services.AddSingleton<NodeJobs>();
        services.AddHostedService<BackupTargetCheck>();
        return services;
    }

    /// <summary>The hook program, the socket it asks, and the way of its news to the grains.</summary>
    internal static IServiceCollection AddHooks(this IServiceCollection services)
    {
        services.AddSingleton<CommitReports>();
        services.AddSingleton<DigestQueue>();
        services.AddSingleton<HookDispatch>();
        services.AddHostedService<HookProgram>();
        services.AddHostedService<HookSocket>();
        services.AddHostedService(provider => provider.GetRequiredService<CommitReports>());
        services.AddHostedService(provider => provider.GetRequiredService<DigestQueue>());
        services.AddHostedService<MissedCommits>();
        return services;
    }

    private static NodeName NameOf(IServiceProvider provider) =>
        NodeName.TryParse(provider.GetRequiredService<IOptions<StorageNodeOptions>>().Value.Name, out var name)
            ? name
            : throw new InvalidOperationException("The options are validated before.");
}
