using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Feeds;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Branches;
using RepoPortal.Portal.Repositories.Browse;
using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Repositories.Content.Download;
using RepoPortal.Portal.Repositories.Content.Find;
using RepoPortal.Portal.Repositories.Content.Locks;
using RepoPortal.Portal.Repositories.Content.Rendering;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.History;
using RepoPortal.Portal.Repositories.History.Messages;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Life.Leaving;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.Rules.Why;
using RepoPortal.Portal.Repositories.Search;
using RepoPortal.Portal.Repositories.Settings;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Repositories;

/// <summary>What there is of repositories: making them, who may what, their life, one by one and many at once.</summary>
internal static class RepositoriesSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddRepositories(this IServiceCollection services)
    {
        services.AddSingleton<ReadRepository>();
        services.AddScoped<ListCommits>();
        services.AddScoped<RedactCommits>();
        services.AddScoped<FindActivity>();
        services.AddSingleton<FeedKeys>();
        services.AddScoped<ReadRepositoryFeed>();
        services.AddScoped<ReadPersonFeed>();
        services.AddScoped<ListDirectory>();
        services.AddScoped<OpenContent>();
        services.AddScoped<AskNode>();
        services.AddScoped<ViewContent>();
        services.AddScoped<FindFiles>();
        services.AddScoped<OpenFile>();
        services.AddScoped<OpenDirectory>();
        services.AddSingleton<Highlighter>();
        services.AddSingleton<ShowFile>();
        services.AddScoped<AskHistory>();
        services.AddScoped<ViewLog>();
        services.AddScoped<ViewRevision>();
        services.AddScoped<ViewComparison>();
        services.AddScoped<ViewBlame>();
        services.AddSingleton<SearchQueue>();
        services.AddSingleton<IndexRepository>();
        services.AddScoped<SearchFiles>();
        services.AddScoped<SearchMessages>();
        services.AddScoped<SearchRepository>();
        services.AddScoped<ViewLines>();
        services.AddScoped<ViewMessage>();
        services.AddScoped<ListCorrections>();
        services.AddScoped<SettleCorrection>();
        services.AddScoped<CorrectMessage>();
        services.AddScoped<BreakLock>();
        services.AddScoped<ListLocks>();
        services.AddScoped<CheckName>();
        services.AddScoped<BeginRepository>();
        services.AddScoped<CreateRepository>();
        services.AddScoped<RetryRepository>();
        services.AddScoped<CreationRight>();
        services.AddScoped<InviteCollaborator>();
        services.AddScoped<ListInvitations>();
        services.AddScoped<RevokeInvitation>();
        services.AddScoped<ResendInvitation>();
        services.AddScoped<InviteMany>();
        services.AddSingleton<InvitationGuesses>();
        services.AddScoped<ViewInvitation>();
        services.AddScoped<AcceptInvitation>();
        services.AddScoped<RenameRepository>();
        services.AddScoped<ReleaseAlias>();
        services.AddScoped<ArchiveRepository>();
        services.AddScoped<DeleteRepository>();
        services.AddScoped<UndeleteRepository>();
        services.AddScoped<TransferRepository>();
        services.AddScoped<ListTrash>();
        services.AddScoped<ConfirmRepository>();
        services.AddScoped<AskForConfirmation>();
        services.AddScoped<ViewConfirmation>();
        services.AddScoped<BulkDeed>();
        services.AddScoped<PreviewBulk>();
        services.AddScoped<BeginBulk>();
        services.AddScoped<ViewBulk>();
        services.AddScoped<ListOrphans>();
        services.AddScoped<FindSoleOwners>();
        services.AddScoped<ViewLeaving>();
        services.AddScoped<HandOverAll>();
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
        services.AddScoped<ChangeSettings>();
        services.AddScoped<ViewRepository>();
        services.AddScoped<ListMyRepositories>();
        services.AddScoped<ListNewCommits>();
    }

    /// <summary>What works in the background.</summary>
    internal static void AddRepositoriesWork(this IServiceCollection services)
    {
        services.AddHostedService<Sweep>();
        services.AddHostedService<GrantExpiry>();
        services.AddHostedService<TrashRemoval>();
        services.AddHostedService<OrphanWatch>();
        services.AddHostedService<ConfirmationWatch>();
        services.AddHostedService<SearchIndexing>();
        services.AddSingleton<ITaskHandler, BulkHandler>();
    }
}
