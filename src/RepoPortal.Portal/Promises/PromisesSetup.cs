using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Imports.Pages;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>What there is of keeping promises and measuring them: tasks, backups, restores, imports.</summary>
internal static class PromisesSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddPromises(this IServiceCollection services)
    {
        services.AddSingleton<BackupOutcomes>();
        services.AddSingleton<AskForUpkeep>();
        services.AddSingleton<ILastBackup, LastBackup>();
        services.AddSingleton<ViewPromise>();
        services.AddSingleton<ListPromises>();
        services.AddSingleton<ITierPreview, PreviewTier>();
        services.AddScoped<RestoreBeside>();
        services.AddScoped<RestoreInPlace>();
        services.AddSingleton<RestoreRecord>();
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportSecrets>();
        services.AddScoped<ImportRepository>();
        services.AddScoped<ContinueImport>();
        services.AddSingleton<FindImport>();
        services.AddSingleton<ViewTasks>();
    }

    /// <summary>What works in the background.</summary>
    internal static void AddPromisesWork(this IServiceCollection services)
    {
        services.AddSingleton<NodeWork>();
        services.AddSingleton<ITaskHandler, UpkeepHandler>();
        services.AddSingleton<ITaskHandler, RestoreHandler>();
        services.AddSingleton<ITaskHandler, ImportHandler>();
        services.AddScoped<BeginUpload>();
        services.AddScoped<ContinueUpload>();
        services.AddScoped<SourceForm>();
        services.AddHostedService<UploadRemoval>();
        services.AddSingleton<PromiseMetrics>();
        services.AddHostedService<TaskRunner>();
        services.AddHostedService<BackupClock>();
        services.AddHostedService<RecordBackups>();
        services.AddHostedService<PromiseWatch>();
    }
}
