using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.People.Email;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Usage;

namespace RepoPortal.Portal.Record;

internal sealed class GroupTable : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> table)
    {
        table.ToTable("Groups");
        table.HasIndex(group => group.Name).IsUnique();
        table.HasIndex(group => new { group.Provider, group.ProviderKey }).IsUnique();
        table.Property(group => group.Description).HasMaxLength(Group.MaxDescriptionLength);
        table.Property(group => group.Version).IsConcurrencyToken();
    }
}

internal sealed class GroupMemberTable : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> table)
    {
        table.ToTable("GroupMembers");
        table.HasKey(member => new { member.GroupId, member.UserId });
        table.HasIndex(member => member.UserId);
        table.HasOne(member => member.Group).WithMany(group => group.Members).HasForeignKey(member => member.GroupId);
        table.HasOne(member => member.User).WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GroupOwnerTable : IEntityTypeConfiguration<GroupOwner>
{
    public void Configure(EntityTypeBuilder<GroupOwner> table)
    {
        table.ToTable("GroupOwners");
        table.HasKey(owner => new { owner.GroupId, owner.UserId });
        table.HasOne<Group>().WithMany(group => group.Owners).HasForeignKey(owner => owner.GroupId);
        table.HasOne(owner => owner.User).WithMany().HasForeignKey(owner => owner.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GroupGrantTable : IEntityTypeConfiguration<GroupGrant>
{
    public void Configure(EntityTypeBuilder<GroupGrant> table)
    {
        table.ToTable("GroupGrants");
        table.HasKey(grant => new { grant.RepositoryId, grant.GroupId });
        table.HasIndex(grant => grant.EndsAt);
        table.HasOne<Repository>().WithMany(repository => repository.GroupGrants).HasForeignKey(grant => grant.RepositoryId);
        table.HasOne(grant => grant.Group).WithMany().HasForeignKey(grant => grant.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RuleSetTable : IEntityTypeConfiguration<RuleSet>
{
    public void Configure(EntityTypeBuilder<RuleSet> table)
    {
        table.ToTable("RuleSets");
        table.HasKey(rules => new { rules.RepositoryId, rules.Version });
        table.HasIndex(rules => rules.RepositoryId).HasFilter("\"IsPresent\"").HasDatabaseName("OnePresentRuleSet").IsUnique();
        table.HasOne<Repository>().WithMany(repository => repository.RuleSets).HasForeignKey(rules => rules.RepositoryId);
    }
}

internal sealed class RuleGroupTable : IEntityTypeConfiguration<RuleGroup>
{
    public void Configure(EntityTypeBuilder<RuleGroup> table)
    {
        table.ToTable("RuleGroups");
        table.HasKey(named => new { named.RepositoryId, named.GroupId });
        table.HasOne<Repository>().WithMany(repository => repository.RuleGroups).HasForeignKey(named => named.RepositoryId);
        table.HasOne(named => named.Group).WithMany().HasForeignKey(named => named.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UserSessionTable : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> table)
    {
        table.ToTable("Sessions");
        table.HasIndex(session => new { session.UserId, session.LastSeenAt });
        table.HasOne<User>().WithMany().HasForeignKey(session => session.UserId);
        table.Property(session => session.Browser).HasMaxLength(UserSession.MaxBrowserLength);
    }
}

internal sealed class ExternalIdentityTable : IEntityTypeConfiguration<ExternalIdentity>
{
    public void Configure(EntityTypeBuilder<ExternalIdentity> table)
    {
        table.ToTable("ExternalIdentities");
        table.HasKey(identity => new { identity.Provider, identity.Subject });
        table.HasIndex(identity => identity.UserId);
        table.HasIndex(identity => identity.ConfirmedAt);
        table.HasIndex(identity => identity.CheckedAt);
        table.HasOne(identity => identity.User).WithMany().HasForeignKey(identity => identity.UserId);
    }
}

internal sealed class EmailChangeTable : IEntityTypeConfiguration<EmailChange>
{
    public void Configure(EntityTypeBuilder<EmailChange> table)
    {
        table.ToTable("EmailChanges");
        table.HasIndex(change => change.UserId).IsUnique();
        table.HasIndex(change => change.PresentSecret).IsUnique();
        table.HasIndex(change => change.NewSecret).IsUnique();
        table.HasOne<User>().WithMany().HasForeignKey(change => change.UserId);
    }
}

internal sealed class SitePolicyTable : IEntityTypeConfiguration<SitePolicy>
{
    public void Configure(EntityTypeBuilder<SitePolicy> table)
    {
        table.ToTable("Policies");
        table.Property(policy => policy.Id).ValueGeneratedNever();
        table.HasData(new SitePolicy());
    }
}

internal sealed class UsageTable : IEntityTypeConfiguration<UsageDay>
{
    public void Configure(EntityTypeBuilder<UsageDay> table)
    {
        // No foreign keys: batches name repositories that may be gone by now, and what is old is removed by day.
        table.ToTable("Usage");
        table.HasKey(usage => new { usage.RepositoryId, usage.Day, usage.User });
        table.HasIndex(usage => new { usage.RepositoryId, usage.LastAt, usage.User });
        table.HasIndex(usage => usage.Day);
    }
}

/// <remarks>By hand, because Identity's own configuration depends on services that neither the tools nor a bare context have, and otherwise leaves passkeys out.</remarks>
internal sealed class PasskeyTable : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    // The longest id that WebAuthn allows, in bytes.
    private const int MaxCredentialIdLength = 1023;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> table)
    {
        table.ToTable("Passkeys");
        table.HasKey(passkey => passkey.CredentialId);
        table.Property(passkey => passkey.CredentialId).HasMaxLength(MaxCredentialIdLength);
        table.OwnsOne(passkey => passkey.Data).ToJson();
        table.HasIndex(passkey => passkey.UserId);
        table.HasOne<User>().WithMany().HasForeignKey(passkey => passkey.UserId);
    }
}
