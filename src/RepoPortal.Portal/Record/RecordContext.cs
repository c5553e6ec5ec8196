using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.People.FirstAdministrator;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Record;

/// <summary>The record: what should be. Derived once per database, because migrations and a few column types differ.</summary>
/// <remarks>Enumerations are stored as their numbers: members may be added at the end, never moved.</remarks>
internal abstract class RecordContext(DbContextOptions options) : IdentityUserContext<User, Guid>(options)
{
    internal DbSet<UserToken> Tokens => Set<UserToken>();

    internal DbSet<Repository> Repositories => Set<Repository>();

    internal DbSet<Copy> Copies => Set<Copy>();

    internal DbSet<Membership> Members => Set<Membership>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<Commit> Commits => Set<Commit>();

    internal DbSet<Tier> Tiers => Set<Tier>();

    internal DbSet<Node> Nodes => Set<Node>();

    internal DbSet<AuditEntry> Audit => Set<AuditEntry>();

    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal DbSet<FirstAdministratorCode> FirstAdministratorCodes => Set<FirstAdministratorCode>();

    /// <summary>The shape of Identity's own tables; named here so that the command line, the server and the migrations agree.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

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
