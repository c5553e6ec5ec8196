using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People;

/// <summary>Where somebody comes from.</summary>
public enum UserKind
{
    /// <summary>Of the house: may create repositories.</summary>
    Internal,

    /// <summary>A collaborator from elsewhere, here because somebody invited them.</summary>
    External,

    /// <summary>A service account: a program that acts for somebody with tokens of its own, and never signs in on pages.</summary>
    Service,
}

/// <summary>Whether somebody may do anything at all.</summary>
public enum UserStatus
{
    /// <summary>May sign in.</summary>
    Active,

    /// <summary>May not sign in; tokens and sessions are dead, grants stay.</summary>
    Suspended,

    /// <summary>The same, because a sign-in provider does not know them any more; ends when they sign in through it again.</summary>
    Disabled,
}

/// <summary>A person with an account. <see cref="IdentityUser{TKey}.UserName"/> always is in the grammar of <see cref="Contracts.People.UserName"/>.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The longest display name, in characters.</summary>
    public const int MaxDisplayNameLength = 100;

    /// <summary>The longest affiliation, in characters.</summary>
    public const int MaxAffiliationLength = 200;

    /// <summary>The name shown to people.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Of the house or from elsewhere.</summary>
    public UserKind Kind { get; set; }

    /// <summary>Active or suspended.</summary>
    public UserStatus Status { get; set; }

    /// <summary>True when they may see the inventory and act on every repository's settings.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When a collaborator from elsewhere stops being let in: tokens, sessions and invitations end, grants stay for their return. Null for no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Of the reminders before <see cref="EndsAt"/>, the one with the fewest days that was sent; null before the first.</summary>
    public int? RemindedDays { get; set; }

    /// <summary>The person who answers for a collaborator from elsewhere, or whose program a service account is.</summary>
    public Guid? SponsorId { get; set; }

    /// <summary>The institution a collaborator comes from, as typed; empty when nobody said.</summary>
    public string Affiliation { get; set; } = "";

    /// <summary>Whether a collaborator from elsewhere may create repositories all the same.</summary>
    public bool MayCreateRepositories { get; set; }

    /// <summary>When they last signed in or used a token, to a few minutes; null before the first time.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>When they last had a page, to a few minutes; null before the first one. Unlike <see cref="LastSeenAt"/>, programs with tokens do not count.</summary>
    public DateTimeOffset? PageSeenAt { get; set; }

    /// <summary>When the visit before the present one ended; null during the first. A visit ends with half an hour without a page.</summary>
    public DateTimeOffset? LastVisitAt { get; set; }

    /// <summary>Whether they are let in at that moment.</summary>
    public bool IsActive(DateTimeOffset now) => Status == UserStatus.Active && (EndsAt is not { } end || end > now);

    /// <summary>The user name, parsed.</summary>
    [NotMapped]
    public UserName Name => Contracts.People.UserName.Parse(UserName!);
}
