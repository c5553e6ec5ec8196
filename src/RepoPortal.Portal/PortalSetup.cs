using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.SecondFactor;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.PageCache;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Usage;

namespace RepoPortal.Portal;

/// <summary>The portal's table of contents: what it registers and what it maps. Needs a <see cref="DataDirectory"/> and Orleans beside it.</summary>
public static class PortalSetup
{
    /// <summary>Adds the record, the use cases, the pages, the API and what works in the background.</summary>
    public static void AddPortal(this IHostApplicationBuilder builder)
    {
        // Before the use cases, which come with the way that a command publishes by.
        builder.Services.AddSingleton<IAccessPublication, ClusterPublication>();
        builder.AddPortalUseCases();
        builder.Services.AddSessions();
        builder.AddSignInProviders();
        builder.Services.AddPages();
        builder.Services.AddApi();
        builder.Services.AddHostedService<RecordUpkeep>();
        builder.Services.AddPeopleWork();
        builder.Services.AddRepositoriesWork();
        builder.Services.AddTiersWork();
        builder.Services.AddPromisesWork();
        builder.Services.AddImportsWork();
        builder.Services.AddHostedService<Delivery>();
        builder.Services.AddHostedService<AccessNotices>();
        builder.Services.AddHostedService<UsageRemoval>();
    }

    /// <summary>Adds what a command needs: the record and the use cases, without web and background work.</summary>
    public static void AddPortalUseCases(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OffSiteOptions>().BindConfiguration(OffSiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpContextAccessor();
        services.AddRecord(builder.Configuration);
        services.AddAccounts();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<AccessChanges>();
        services.AddSingleton<AccessFiles>();
        services.TryAddSingleton<IAccessPublication, RecordPublication>();
        services.AddSingleton<Drivers>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Postman>();
        services.AddPeople();
        services.AddRepositories();
        services.AddTiers();
        services.AddPromises();
        services.AddImports();
        services.AddScoped<ListAudit>();
        services.AddScoped<ExportAudit>();
        services.AddScoped<VerifyAudit>();
        services.AddScoped<ListInventory>();
        services.AddScoped<ExportInventory>();
        services.AddSingleton<SummariseInventory>();
        services.AddScoped<ViewUsage>();
        services.AddScoped<FindUsers>();
    }

    /// <summary>Maps the pages and the API, with what stands before them. To be called once, before the gateway maps <c>/repos</c>.</summary>
    public static void MapPortal(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UsePageErrors();
        app.UseApiProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseSecondFactorGate();
        app.UseAliasRedirect();
        app.UsePageTags();
        app.UseOutputCache();
        app.UseAntiforgery();
        app.MapPages();
        app.MapApi();
    }
}
