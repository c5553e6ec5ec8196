using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Backups.Removal;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>What there is of keeping promises and measuring them: tasks, backups, restores, exports.</summary>
internal static class PromisesSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddPromises(this IServiceCollection services)
    {
        services.AddSingleton<BackupOutcomes>();
        services.AddSingleton<AskForUpkeep>();
        services.AddSingleton<ListBackups>();
        services.AddSingleton<ListOffSite>();
        services.AddSingleton<ILastBackup, LastBackup>();
        services.AddSingleton<ViewPromise>();
        services.AddSingleton<ListPromises>();
        services.AddSingleton<ITierPreview, PreviewTier>();
        services.AddScoped<RestoreBeside>();
        services.AddScoped<FindRestorePoint>();
        services.AddScoped<RestoreInPlace>();
        services.AddSingleton<RestoreRecord>();
        services.AddScoped<AskForExport>();
        services.AddScoped<ListExports>();
        services.AddScoped<DeleteExport>();
        services.AddScoped<CancelTask>();
        services.AddSingleton<ViewTasks>();
    }

    /// <summary>What works in the background.</summary>
    internal static void AddPromisesWork(this IServiceCollection services)
    {
        services.AddSingleton<NodeWork>();
        services.AddSingleton<ITaskHandler, UpkeepHandler>();
        services.AddSingleton<ITaskHandler, RestoreHandler>();
        services.AddSingleton<ITaskHandler, ExportHandler>();
        services.AddScoped<OpenExport>();
        services.AddSingleton<PromiseMetrics>();
        services.AddHostedService<TaskRunner>();
        services.AddHostedService<BackupClock>();
        services.AddHostedService<RecordBackups>();
        services.AddHostedService<OffSiteCopies>();
        services.AddSingleton<NodeBackups>();
        services.AddSingleton<RemoveReplaced>();
        services.AddSingleton<RemoveSpare>();
        services.AddHostedService<BackupRemoval>();
        services.AddHostedService<PromiseWatch>();
        services.AddHostedService<ExportRemoval>();
    }
}
