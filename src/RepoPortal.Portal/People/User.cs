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
}

/// <summary>Whether somebody may do anything at all.</summary>
public enum UserStatus
{
    /// <summary>May sign in.</summary>
    Active,

    /// <summary>May not sign in; tokens and sessions are dead, grants stay.</summary>
    Suspended,
}

/// <summary>A person with an account. <see cref="IdentityUser{TKey}.UserName"/> always is in the grammar of <see cref="Contracts.People.UserName"/>.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The longest display name, in characters.</summary>
    public const int MaxDisplayNameLength = 100;

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

    /// <summary>The user name, parsed.</summary>
    [NotMapped]
    public UserName Name => Contracts.People.UserName.Parse(UserName!);
}
