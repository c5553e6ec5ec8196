using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories;

/// <summary>A repository as it should be; the repository's grain brings the disk there.</summary>
public sealed class Repository
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 500;

    /// <summary>The <see cref="QuotaVersion"/> that a repository begins with.</summary>
    internal const long FirstQuotaVersion = 1;

    /// <summary>Its identity for ever.</summary>
    public required RepositoryId Id { get; init; }

    /// <summary>The name it is called by; unique. It is reached by all of its <see cref="Names"/>.</summary>
    public required RepositoryName Name { get; set; }

    /// <summary>Subversion's UUID, chosen here so that provisioning twice makes the same repository; an import takes over the one of its source. Unique.</summary>
    public required Guid Uuid { get; set; }

    /// <summary>What it is for, in one line; empty when nobody said.</summary>
    public required string Description { get; set; }

    /// <summary>Its tier's id.</summary>
    public required string TierId { get; set; }

    /// <summary>Its tier.</summary>
    public Tier Tier { get; set; } = null!;

    /// <summary>Who may read it without being a member.</summary>
    public required Visibility Visibility { get; set; }

    /// <summary>What its first revision holds.</summary>
    public required RepositoryLayout Layout { get; init; }

    /// <summary>How far it has come.</summary>
    public required RepositoryState State { get; set; }

    /// <summary>Why it failed, as a sentence for its owners; null unless <see cref="State"/> is failed.</summary>
    public string? FailureReason { get; set; }

    /// <summary>Since when nobody may change its content; null unless it is archived.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Who archived it, as the audit names them.</summary>
    public string? ArchivedBy { get; set; }

    /// <summary>When it was deleted; null unless it is in the trash.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Who deleted it, as the audit names them.</summary>
    public string? DeletedBy { get; set; }

    /// <summary>Until when it can be taken out of the trash, as was said when it was deleted; null unless it is there.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>When administrators were told that nobody owns it; null while somebody does.</summary>
    public DateTimeOffset? OrphanedAt { get; set; }

    /// <summary>True when it is served to nobody, and shown to its owners and administrators only.</summary>
    public bool IsGone => State is RepositoryState.Deleted or RepositoryState.Purging;

    /// <summary>When it was asked for; the date of revision 0.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it; the author of its first revision.</summary>
    public required UserName Creator { get; init; }

    /// <summary>Grows with every change of access, visibility or state. Two such changes at once never both succeed: it is the row's concurrency token.</summary>
    public long AccessVersion { get; set; }

    /// <summary>The <see cref="AccessVersion"/> whose access file is known to be on the disk; behind it, the repository is not served until it has been written.</summary>
    public long PublishedAccessVersion { get; set; }

    /// <summary>The version of its present path rules; 0 before the first.</summary>
    public int RulesVersion { get; set; }

    /// <summary>The youngest revision the record knows.</summary>
    public long Youngest { get; set; }

    /// <summary>Everything stored for it, in bytes: measured now and then, added up in between.</summary>
    public long SizeBytes { get; set; }

    /// <summary>True when an administrator gave it a quota of its own in place of its tier's.</summary>
    public bool HasOwnQuota { get; set; }

    /// <summary>That quota in bytes; null for none, when <see cref="HasOwnQuota"/>.</summary>
    public long? OwnQuotaBytes { get; set; }

    /// <summary>Grows whenever what the node is to hold commits to may have changed; a concurrency token, so that of two changes at once none is overlooked.</summary>
    public long QuotaVersion { get; set; }

    /// <summary>True until the node has been told of <see cref="QuotaVersion"/>; whoever makes a new copy the primary says so by <see cref="RenewQuota"/>.</summary>
    public bool QuotaPending { get; set; }

    /// <summary>The highest step, in percent of its quota, of which its owners were warned; 0 when it is below all of them.</summary>
    public int QuotaWarned { get; set; }

    /// <summary>How much may be stored for it, in bytes; null for as much as the disk takes. <see cref="Tier"/> must have been read.</summary>
    public long? EffectiveQuota => HasOwnQuota ? OwnQuotaBytes : Tier.QuotaBytes;

    /// <summary>The date of the youngest revision; null before the first commit.</summary>
    public DateTimeOffset? LastCommitAt { get; set; }

    /// <summary>The author of the youngest revision.</summary>
    public string? LastCommitAuthor { get; set; }

    /// <summary>Every name it is reached by, and those being let go.</summary>
    public ICollection<NameClaim> Names { get; init; } = [];

    /// <summary>Everyone with access of their own.</summary>
    public ICollection<Membership> Members { get; init; } = [];

    /// <summary>Every group with access.</summary>
    public ICollection<GroupGrant> GroupGrants { get; init; } = [];

    /// <summary>Every group that its present path rules name.</summary>
    public ICollection<RuleGroup> RuleGroups { get; init; } = [];

    /// <summary>All versions of its path rules; usually only the present one has been read.</summary>
    public ICollection<RuleSet> RuleSets { get; init; } = [];

    /// <summary>Where its content is.</summary>
    public ICollection<Copy> Copies { get; init; } = [];

    /// <summary>The copy that is served; null before a node was chosen. <see cref="Copies"/> must have been read.</summary>
    public Copy? Primary => Copies.FirstOrDefault(copy => copy.Role == CopyRole.Primary);

    // What follows is copied here from other rows, so that the inventory can sort and search a hundred thousand repositories along an index.

    /// <summary>The tier's place among the tiers.</summary>
    public int TierOrder { get; private set; }

    /// <summary>The primary copy's node; empty before one was chosen.</summary>
    public string NodeName { get; private set; } = "";

    /// <summary>How many people have access of their own.</summary>
    public int MemberCount { get; private set; }

    /// <summary>How many of them are external.</summary>
    public int ExternalMemberCount { get; private set; }

    /// <summary>The last commit's date, or the creation's while there was none: a column without nulls sorts alike on every database.</summary>
    public DateTimeOffset LastChangedAt { get; private set; }

    /// <summary>Name, description and owners in lower case.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Has the driver tell the node what holds now; called before the save that changed the tier, the quota or the primary copy.</summary>
    internal void RenewQuota()
    {
        QuotaVersion++;
        QuotaPending = true;
    }

    /// <summary>
    /// Works the copied columns out anew: the one place that writes them, called before the save that made them stale. The tier, the copies, the members
    /// and the members' users must have been read (<see cref="RepositoryQueries.Whole"/>).
    /// </summary>
    internal void RefreshInventoryColumns()
    {
        TierOrder = Tier.Order;
        NodeName = Primary?.NodeName ?? "";
        MemberCount = Members.Count;
        ExternalMemberCount = Members.Count(member => member.User.Kind == UserKind.External);
        LastChangedAt = LastCommitAt ?? CreatedAt;
        SearchText = string.Join('\n', SearchTerms()).ToLowerInvariant();
    }

    private IEnumerable<string> SearchTerms() =>
    [
        Name.Value,
        Description,
        .. Members
            .Where(member => member.Access == AccessLevel.Owner)
            .OrderBy(member => member.User.UserName, StringComparer.Ordinal)
            .SelectMany(member => new[] { member.User.UserName!, member.User.DisplayName }),
    ];
}
