using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.FirstAdministrator;

/// <summary>The digest of the code that makes the first administrator. There is at most one row; deleting it is what using the code means.</summary>
public sealed class FirstAdministratorCode
{
    /// <summary>The only key.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public required int Id { get; init; }

    /// <summary>SHA-256 of the code.</summary>
    public required TokenDigest Digest { get; set; }
}
