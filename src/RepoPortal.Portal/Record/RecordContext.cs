using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.People.Email;
using RepoPortal.Portal.People.FirstAdministrator;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.History.Messages;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Requests;
using RepoPortal.Portal.Usage;

namespace RepoPortal.Portal.Record;

/// <summary>The record: what should be. Derived once per database, because migrations and a few column types differ.</summary>
/// <remarks>Enumerations are stored as their numbers: members may be added at the end, never moved.</remarks>
internal abstract class RecordContext(DbContextOptions options) : IdentityUserContext<User, Guid>(options)
{
    internal DbSet<UserToken> Tokens => Set<UserToken>();

    internal DbSet<Repository> Repositories => Set<Repository>();

    internal DbSet<NameClaim> Names => Set<NameClaim>();

    internal DbSet<Copy> Copies => Set<Copy>();

    internal DbSet<Membership> Members => Set<Membership>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<Commit> Commits => Set<Commit>();

    internal DbSet<CorrectedMessage> CorrectedMessages => Set<CorrectedMessage>();

    internal DbSet<Confirmation> Confirmations => Set<Confirmation>();

    internal DbSet<Tier> Tiers => Set<Tier>();

    internal DbSet<TierRequest> TierRequests => Set<TierRequest>();

    internal DbSet<DriftProposal> DriftProposals => Set<DriftProposal>();

    internal DbSet<Round> Rounds => Set<Round>();

    internal DbSet<Node> Nodes => Set<Node>();

    internal DbSet<AuditEntry> Audit => Set<AuditEntry>();

    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal DbSet<AuditEffect> AuditEffects => Set<AuditEffect>();

    internal DbSet<Group> Groups => Set<Group>();

    internal DbSet<GroupMember> GroupMembers => Set<GroupMember>();

    internal DbSet<GroupOwner> GroupOwners => Set<GroupOwner>();

    internal DbSet<GroupGrant> GroupGrants => Set<GroupGrant>();

    internal DbSet<RuleSet> RuleSets => Set<RuleSet>();

    internal DbSet<RuleGroup> RuleGroups => Set<RuleGroup>();

    internal DbSet<TokenScope> TokenScopes => Set<TokenScope>();

    internal DbSet<TokenAddress> TokenAddresses => Set<TokenAddress>();

    internal DbSet<UserSession> Sessions => Set<UserSession>();

    internal DbSet<ExternalIdentity> ExternalIdentities => Set<ExternalIdentity>();

    internal DbSet<EmailChange> EmailChanges => Set<EmailChange>();

    internal DbSet<Protection> Protections => Set<Protection>();

    internal DbSet<RecordBackup> RecordBackups => Set<RecordBackup>();

    internal DbSet<PortalTask> Tasks => Set<PortalTask>();

    internal DbSet<Export> Exports => Set<Export>();

    internal DbSet<Upload> Uploads => Set<Upload>();

    internal DbSet<BulkItem> BulkItems => Set<BulkItem>();

    internal DbSet<SitePolicy> Policies => Set<SitePolicy>();

    internal DbSet<UsageDay> Usage => Set<UsageDay>();

    internal DbSet<AccessNotice> AccessNotices => Set<AccessNotice>();

    internal DbSet<FirstAdministratorCode> FirstAdministratorCodes => Set<FirstAdministratorCode>();

    /// <summary>True for a context that saves nothing, by which a use case is asked what it would say.</summary>
    internal bool IsRehearsal { get; set; }

    /// <summary>Saves, and gives the audit entries among the changes their place in the chain.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        IsRehearsal ? Task.FromResult(0) : AuditChain.SaveAsync(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        base.ConfigureConventions(builder);
        RecordValues.Configure(builder);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RecordContext).Assembly);
        RecordFunctions.Register(builder);
    }
}
