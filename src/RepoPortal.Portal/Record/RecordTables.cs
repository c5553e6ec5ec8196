using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.Access;
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
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Record;

// One class per table, the constraints that decide first. Names of tables follow the sets of RecordContext.

internal sealed class UserTable : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> table)
    {
        table.ToTable("Users");
        table.Property(user => user.UserName).IsRequired();
        table.Property(user => user.NormalizedUserName).IsRequired();
        table.Property(user => user.DisplayName).HasMaxLength(User.MaxDisplayNameLength);
        // Invitations and sign-in by address need one account per address; Identity's own check looks first and can be overtaken.
        table.Property(user => user.Affiliation).HasMaxLength(User.MaxAffiliationLength);
        // No foreign key: SQLite could not add one without writing the table anew outside a transaction. People are never deleted.
        table.HasIndex(user => user.SponsorId);
        table.HasIndex(user => user.EndsAt);
        table.HasIndex(user => user.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
    }
}

internal sealed class UserTokenTable : IEntityTypeConfiguration<UserToken>
{
    public void Configure(EntityTypeBuilder<UserToken> table)
    {
        table.ToTable("Tokens");
        table.Property(token => token.Label).HasMaxLength(UserToken.MaxLabelLength);
        table.HasIndex(token => token.Digest).IsUnique();
        table.HasOne(token => token.User).WithMany().HasForeignKey(token => token.UserId);
        table.HasMany(token => token.Scopes).WithOne().HasForeignKey(scope => scope.TokenId);
    }
}

internal sealed class TokenScopeTable : IEntityTypeConfiguration<TokenScope>
{
    public void Configure(EntityTypeBuilder<TokenScope> table)
    {
        table.ToTable("TokenScopes");
        table.HasKey(scope => new { scope.TokenId, scope.RepositoryId });
        table.HasOne<Repository>().WithMany().HasForeignKey(scope => scope.RepositoryId);
    }
}

internal sealed class TokenAddressTable : IEntityTypeConfiguration<TokenAddress>
{
    public void Configure(EntityTypeBuilder<TokenAddress> table)
    {
        table.ToTable("TokenAddresses");
        table.HasKey(address => new { address.TokenId, address.Address });
        table.HasOne<UserToken>().WithMany().HasForeignKey(address => address.TokenId);
    }
}

internal sealed class RepositoryTable : IEntityTypeConfiguration<Repository>
{
    public void Configure(EntityTypeBuilder<Repository> table)
    {
        table.ToTable("Repositories");
        table.HasIndex(repository => repository.Name).IsUnique();
        table.HasIndex(repository => repository.Uuid).IsUnique();
        table.Property(repository => repository.Description).HasMaxLength(Repository.MaxDescriptionLength);
        table.Property(repository => repository.AccessVersion).IsConcurrencyToken();
        table.HasOne(repository => repository.Tier).WithMany().HasForeignKey(repository => repository.TierId).OnDelete(DeleteBehavior.Restrict);
        table.Property(repository => repository.QuotaVersion).IsConcurrencyToken();
        // Whatever has been there for longer than quotas is to be told of its own, too.
        table.Property(repository => repository.QuotaPending).HasDefaultValue(true);
        table.Ignore(repository => repository.Primary);
        table.Ignore(repository => repository.IsGone);
        table.HasIndex(repository => repository.GoneAt);
        table.Ignore(repository => repository.EffectiveQuota);

        // Few rows of many, looked for again and again.
        table.HasIndex(repository => repository.QuotaPending).HasFilter("\"QuotaPending\"").HasDatabaseName("PendingQuota");
        table.HasIndex(repository => repository.HasOwnQuota).HasFilter("\"HasOwnQuota\"").HasDatabaseName("OwnQuota");
        table.HasIndex(repository => repository.QuotaWarned).HasFilter("\"QuotaWarned\" > 0").HasDatabaseName("WarnedOfQuota");

        // What is filtered by is counted from an index, and found there in the usual order.
        table.HasIndex(repository => new { repository.TierId, repository.Name });
        table.HasIndex(repository => new { repository.Visibility, repository.Name });
        table.HasIndex(repository => new { repository.NodeName, repository.Name });

        // One index per order of the inventory; the name makes each order total, so that a page can begin after any row.
        table.HasIndex(repository => new { repository.TierOrder, repository.Name });
        table.HasIndex(repository => new { repository.State, repository.Name });
        table.HasIndex(repository => new { repository.SizeBytes, repository.Name });
        table.HasIndex(repository => new { repository.LastChangedAt, repository.Name });
        table.HasIndex(repository => new { repository.CreatedAt, repository.Name });
        table.HasIndex(repository => new { repository.MemberCount, repository.Name });
        table.HasIndex(repository => new { repository.ExternalMemberCount, repository.Name });
    }
}

internal sealed class NameClaimTable : IEntityTypeConfiguration<NameClaim>
{
    public void Configure(EntityTypeBuilder<NameClaim> table)
    {
        table.ToTable("Names");
        table.HasKey(claim => claim.Name);
        table.HasIndex(claim => claim.RepositoryId);
        table.HasIndex(claim => claim.State).HasFilter($"\"State\" <> {(int)NameState.Served}").HasDatabaseName("UnsettledNames");
        table.Property(claim => claim.State).IsConcurrencyToken();
        table.HasOne<Repository>().WithMany(repository => repository.Names).HasForeignKey(claim => claim.RepositoryId);
    }
}

internal sealed class CopyTable : IEntityTypeConfiguration<Copy>
{
    public void Configure(EntityTypeBuilder<Copy> table)
    {
        table.ToTable("Copies");
        table.Property(copy => copy.Id).ValueGeneratedNever();
        table.HasIndex(copy => new { copy.RepositoryId, copy.NodeName, copy.Generation }).IsUnique();
        table.HasIndex(copy => copy.RepositoryId).HasFilter($"\"Role\" = {(int)CopyRole.Primary}").HasDatabaseName("OnePrimary").IsUnique();
        table.HasOne<Repository>().WithMany(repository => repository.Copies).HasForeignKey(copy => copy.RepositoryId);
        table.HasOne<Node>().WithMany().HasForeignKey(copy => copy.NodeName).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MembershipTable : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("Members");
        table.HasKey(member => new { member.RepositoryId, member.UserId });
        table.HasIndex(member => new { member.UserId, member.Access });
        table.HasIndex(member => member.EndsAt);
        table.HasOne(member => member.Repository).WithMany(repository => repository.Members).HasForeignKey(member => member.RepositoryId);
        table.HasOne(member => member.User).WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> table)
    {
        table.ToTable("Invitations");
        table.HasIndex(invitation => invitation.Secret).IsUnique();
        table.HasIndex(invitation => invitation.Code).IsUnique();
        table.HasIndex(invitation => new { invitation.RepositoryId, invitation.NormalizedEmail })
            .HasFilter("\"AcceptedAt\" IS NULL AND \"RevokedAt\" IS NULL").HasDatabaseName("OneOpenInvitation").IsUnique();
        table.Property(invitation => invitation.Secret).IsConcurrencyToken();
        table.Property(invitation => invitation.AcceptedAt).IsConcurrencyToken();
        table.Property(invitation => invitation.RevokedAt).IsConcurrencyToken();
        table.HasOne(invitation => invitation.Repository).WithMany().HasForeignKey(invitation => invitation.RepositoryId);
        table.HasOne(invitation => invitation.Inviter).WithMany().HasForeignKey(invitation => invitation.InviterId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CommitTable : IEntityTypeConfiguration<Commit>
{
    public void Configure(EntityTypeBuilder<Commit> table)
    {
        table.ToTable("Commits");
        table.HasKey(commit => new { commit.RepositoryId, commit.Revision });
        table.HasOne<Repository>().WithMany().HasForeignKey(commit => commit.RepositoryId);
    }
}

internal sealed class TierTable : IEntityTypeConfiguration<Tier>
{
    public void Configure(EntityTypeBuilder<Tier> table)
    {
        table.ToTable("Tiers");
        table.Property(tier => tier.Version).IsConcurrencyToken();
        table.HasIndex(tier => tier.Name).IsUnique();
        table.HasIndex(tier => tier.Order).IsUnique();
        table.HasData(TierSeed.Rows);
    }
}

internal sealed class NodeTable : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> table)
    {
        table.ToTable("Nodes");
        table.HasKey(node => node.Name);
    }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> table)
    {
        // No foreign keys: an entry outlives what it tells of.
        table.ToTable("Audit");
        table.HasIndex(entry => new { entry.RepositoryId, entry.Id });
        table.HasIndex(entry => new { entry.ActorName, entry.Id });
        table.HasIndex(entry => new { entry.Subject, entry.Id });
        table.HasIndex(entry => new { entry.Action, entry.Id });
        table.HasIndex(entry => entry.At);
    }
}

internal sealed class AuditEffectTable : IEntityTypeConfiguration<AuditEffect>
{
    public void Configure(EntityTypeBuilder<AuditEffect> table)
    {
        table.ToTable("AuditEffects");
        table.HasKey(effect => effect.EntryId);
        table.Property(effect => effect.EntryId).ValueGeneratedNever();
    }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> table)
    {
        table.ToTable("Outbox");
        table.HasIndex(message => message.DueAt);
    }
}

internal sealed class FirstAdministratorCodeTable : IEntityTypeConfiguration<FirstAdministratorCode>
{
    public void Configure(EntityTypeBuilder<FirstAdministratorCode> table) => table.ToTable("FirstAdministratorCodes");
}

internal sealed class AccessNoticeTable : IEntityTypeConfiguration<AccessNotice>
{
    public void Configure(EntityTypeBuilder<AccessNotice> table)
    {
        table.ToTable("AccessNotices");
        // As text: the column once held names, and no database changes a text into an id by itself.
        table.Property(notice => notice.Repository).HasConversion(id => id!.Value.ToString(), text => Read(text)).HasMaxLength(RepositoryName.MaxLength);
    }

    // A notice from back then, left while no server ran, is about nobody: a server that starts remembers nothing.
    private static RepositoryId? Read(string text) => new RepositoryId(Guid.TryParseExact(text, "n", out var id) ? id : Guid.Empty);
}
