using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Imports.Pages;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>What there is of bringing repositories in.</summary>
internal static class ImportsSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddImports(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportSecrets>();
        services.AddScoped<ImportRepository>();
        services.AddScoped<ContinueImport>();
        services.AddScoped<StopImport>();
    }

    /// <summary>Uploads, which need a storage node at hand, and what works in the background.</summary>
    internal static void AddImportsWork(this IServiceCollection services)
    {
        services.AddSingleton<ITaskHandler, ImportHandler>();
        services.AddSingleton<FindImport>();
        services.AddScoped<BeginUpload>();
        services.AddScoped<ContinueUpload>();
        services.AddScoped<SourceForm>();
        services.AddHostedService<UploadRemoval>();
    }
}
