namespace RepoPortal.Portal.Policy;

/// <summary>Who may have an account with a password here.</summary>
public enum LocalAccounts
{
    /// <summary>Everybody.</summary>
    Everybody,

    /// <summary>Only collaborators from elsewhere; people of the house sign in through a provider.</summary>
    External,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>What administrators decided about people, and about repositories that nobody looks after: the one row with id 1.</summary>
public sealed class SitePolicy
{
    /// <summary>The row's id.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>Who may have an account with a password.</summary>
    public LocalAccounts LocalAccounts { get; set; }

    /// <summary>True when administrators must sign in with a second factor, or with a passkey.</summary>
    public bool AdministratorsNeedSecondFactor { get; set; }

    /// <summary>The same for owners of repositories.</summary>
    public bool OwnersNeedSecondFactor { get; set; }

    /// <summary>Whether collaborators from elsewhere may create repositories without a permission of their own.</summary>
    public bool ExternalsMayCreate { get; set; }

    /// <summary>For how many days a collaborator from elsewhere is let in unless somebody says otherwise.</summary>
    public int ExternalDays { get; set; } = 365;

    /// <summary>The most days they can be let in for at a time.</summary>
    public int ExternalMaxDays { get; set; } = 730;

    /// <summary>After how many days owners are asked again whether a repository is still needed; 0 for never.</summary>
    public int ConfirmDays { get; set; } = 365;

    /// <summary>After how many days without a commit and a read it is proposed to archive a repository; 0 for never.</summary>
    public int IdleDays { get; set; } = 365;

    /// <summary>Whether people of that kind may have, and sign in with, a password.</summary>
    internal bool AllowsLocalAccount(UserKind kind) => LocalAccounts switch
    {
        LocalAccounts.Everybody => true,
        LocalAccounts.External => kind == UserKind.External,
        _ => false,
    };
}
