using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.People.Account;
using RepoPortal.Portal.People.Add;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Email;
using RepoPortal.Portal.People.FirstAdministrator;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.Passkeys;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.SecondFactor;
using RepoPortal.Portal.People.ServiceAccounts;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Browse;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.Rules.Why;
using RepoPortal.Portal.Repositories.Settings;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Edit;
using RepoPortal.Portal.Tiers.Quotas;
using RepoPortal.Portal.Tiers.Requests;
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
        builder.Services.AddBackups();
        builder.Services.AddHostedService<RecordUpkeep>();
        builder.Services.AddHostedService<Delivery>();
        builder.Services.AddHostedService<Sweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ForgotPassword>());
        builder.Services.AddHostedService<ProviderChecks>();
        builder.Services.AddHostedService<AccessNotices>();
        builder.Services.AddHostedService<UsageRemoval>();
        builder.Services.AddHostedService<GrantExpiry>();
        builder.Services.AddHostedService<CollaboratorEnds>();
        builder.Services.AddHostedService<CollaboratorReminders>();
        builder.Services.AddHostedService<TrashRemoval>();
        builder.Services.AddHostedService<OrphanWatch>();
        builder.Services.AddHostedService<QuotaWarnings>();
        builder.Services.AddHostedService<DriftRounds>();
    }

    /// <summary>Adds what a command needs: the record and the use cases, without web and background work.</summary>
    public static void AddPortalUseCases(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateDataAnnotations().ValidateOnStart();
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
        services.AddUseCases();
    }

    /// <summary>Maps the pages and the API, with what stands before them. To be called once, before the gateway maps <c>/repos</c>.</summary>
    public static void MapPortal(this WebApplication app)
    {
        app.UsePageErrors();
        app.UseApiProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseSecondFactorGate();
        app.UseAliasRedirect();
        app.UseAntiforgery();
        app.MapPages();
        app.MapApi();
    }

    /// <summary>What keeps promises and measures them, by itself.</summary>
    private static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<NodeWork>();
        services.AddSingleton<ITaskHandler, UpkeepHandler>();
        services.AddSingleton<ITaskHandler, RestoreHandler>();
        services.AddSingleton<PromiseMetrics>();
        services.AddHostedService<TaskRunner>();
        services.AddHostedService<BackupClock>();
        services.AddHostedService<RecordBackups>();
        services.AddHostedService<PromiseWatch>();
    }

    private static void AddUseCases(this IServiceCollection services)
    {
        services.AddSingleton<BackupOutcomes>();
        services.AddSingleton<AskForUpkeep>();
        services.AddSingleton<ViewTasks>();
        services.AddSingleton<ViewPromise>();
        services.AddSingleton<ListPromises>();
        services.AddScoped<RestoreBeside>();
        services.AddScoped<RestoreInPlace>();
        services.AddSingleton<RestoreRecord>();
        services.AddScoped<CheckName>();
        services.AddScoped<CreateRepository>();
        services.AddScoped<RetryRepository>();
        services.AddScoped<ViewRepository>();
        services.AddScoped<ListMyRepositories>();
        services.AddScoped<ChangeSettings>();
        services.AddScoped<RenameRepository>();
        services.AddScoped<ReleaseAlias>();
        services.AddScoped<ArchiveRepository>();
        services.AddScoped<DeleteRepository>();
        services.AddScoped<UndeleteRepository>();
        services.AddScoped<TransferRepository>();
        services.AddScoped<ListTrash>();
        services.AddScoped<ListOrphans>();
        services.AddScoped<FindSoleOwners>();
        services.AddSingleton<ILastBackup, LastBackup>();
        services.AddSingleton<ITierPreview, PreviewTier>();
        services.AddScoped<SetMember>();
        services.AddScoped<RemoveMember>();
        services.AddScoped<SetGroupGrant>();
        services.AddScoped<RemoveGroupGrant>();
        services.AddScoped<ViewRules>();
        services.AddScoped<SaveRules>();
        services.AddScoped<ListRuleSets>();
        services.AddScoped<RestoreRules>();
        services.AddScoped<ExplainAccess>();
        services.AddScoped<ListReach>();
        services.AddScoped<InviteCollaborator>();
        services.AddScoped<ListInvitations>();
        services.AddScoped<RevokeInvitation>();
        services.AddScoped<ResendInvitation>();
        services.AddScoped<InviteMany>();
        services.AddSingleton<InvitationGuesses>();
        services.AddScoped<ViewInvitation>();
        services.AddScoped<AcceptInvitation>();
        services.AddScoped<ListCommits>();
        services.AddScoped<RedactCommits>();
        services.AddScoped<ListDirectory>();
        services.AddScoped<ListTiers>();
        services.AddScoped<SaveTier>();
        services.AddScoped<RemoveTier>();
        services.AddScoped<TierRequestMail>();
        services.AddScoped<RequestTier>();
        services.AddScoped<DecideTierRequest>();
        services.AddScoped<ListTierRequests>();
        services.AddScoped<SetRepositoryQuota>();
        services.AddSingleton<FindDrift>();
        services.AddScoped<AnswerDrift>();
        services.AddScoped<ListDrift>();
        services.AddScoped<ListAudit>();
        services.AddScoped<ExportAudit>();
        services.AddScoped<VerifyAudit>();
        services.AddScoped<ListInventory>();
        services.AddScoped<ExportInventory>();
        services.AddSingleton<SummariseInventory>();
        services.AddScoped<Accounts>();
        services.AddScoped<AddUser>();
        services.AddScoped<SetPassword>();
        services.AddScoped<CreateFirstAdministrator>();
        services.AddScoped<BeginSession>();
        services.AddScoped<ContinueSession>();
        services.AddScoped<EndSession>();
        services.AddScoped<ListSessions>();
        services.AddSingleton<FindSession>();
        services.AddScoped<SignInByPassword>();
        services.AddScoped<SignInByCode>();
        services.AddScoped<PendingCode>();
        services.AddScoped<Authenticator>();
        services.AddScoped<AddPasskey>();
        services.AddScoped<RemovePasskey>();
        services.AddScoped<SignInByPasskey>();
        services.AddScoped<IssuePasswordLink>();
        services.AddScoped<RequestEmailChange>();
        services.AddScoped<ConfirmEmailChange>();
        services.AddScoped<ChangePolicy>();
        services.AddScoped<ViewSecurity>();
        services.AddSingleton<SignInProviders>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<AddressProofs>();
        services.AddSingleton<ProvidedGroups>();
        services.AddSingleton<FollowProvider>();
        services.AddSingleton<DisablePerson>();
        services.AddSingleton<AskProvider>();
        services.AddScoped<PendingIdentity>();
        services.AddScoped<SignInByProvider>();
        services.AddScoped<ViewFirstSignIn>();
        services.AddScoped<CreateProvidedAccount>();
        services.AddScoped<JoinIdentity>();
        services.AddScoped<RemoveIdentity>();
        services.AddScoped<RecoveryCodes>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<AccountFailures>();
        services.AddSingleton<ForgotPassword>();
        services.AddScoped<ViewProfile>();
        services.AddScoped<ChangeProfile>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<SuspendUser>();
        services.AddScoped<ListPeople>();
        services.AddScoped<ListCollaborators>();
        services.AddScoped<RenewCollaborator>();
        services.AddScoped<EndCollaborator>();
        services.AddScoped<TakeOver>();
        services.AddScoped<AllowCreation>();
        services.AddScoped<CreationRight>();
        services.AddScoped<ListGroups>();
        services.AddScoped<ViewGroup>();
        services.AddScoped<CreateGroup>();
        services.AddScoped<ChangeGroup>();
        services.AddScoped<DeleteGroup>();
        services.AddSingleton<GroupPublication>();
        services.AddScoped<CreateToken>();
        services.AddScoped<ListTokens>();
        services.AddScoped<CreateServiceAccount>();
        services.AddScoped<CreateServiceToken>();
        services.AddScoped<ListServiceAccounts>();
        services.AddScoped<EndServiceAccount>();
        services.AddScoped<TakeOverServiceAccount>();
        services.AddScoped<ViewUsage>();
        services.AddScoped<FindUsers>();
        services.AddScoped<RevokeToken>();
        services.AddSingleton<FindToken>();
    }
}
