using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Inventory;

/// <summary>A repository in the inventory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Owners">Its owners' user names.</param>
/// <param name="Tier">Its tier's id.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Node">The node that holds it; null before one was chosen.</param>
/// <param name="Youngest">Its youngest revision.</param>
/// <param name="SizeBytes">Everything stored for it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="LastCommitAt">The date of the youngest revision; null before the first commit.</param>
/// <param name="LastCommitAuthor">Its author.</param>
/// <param name="Members">How many people have access of their own.</param>
/// <param name="ExternalMembers">How many of them are external.</param>
/// <param name="ArchivedAt">Since when it is read-only; null unless it is archived.</param>
public sealed record InventoryRow(
    RepositoryName Name,
    string Description,
    IReadOnlyList<string> Owners,
    string Tier,
    Visibility Visibility,
    RepositoryState State,
    string? Node,
    long Youngest,
    long SizeBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt,
    string? LastCommitAuthor,
    int Members,
    int ExternalMembers,
    DateTimeOffset? ArchivedAt)
{
    internal static InventoryRow Of(Repository repository, IEnumerable<string> owners) => new(
        repository.Name,
        repository.Description,
        [.. owners],
        repository.TierId,
        repository.Visibility,
        repository.State,
        repository.NodeName.Length > 0 ? repository.NodeName : null,
        repository.Youngest,
        repository.SizeBytes,
        repository.CreatedAt,
        repository.LastCommitAt,
        repository.LastCommitAuthor,
        repository.MemberCount,
        repository.ExternalMemberCount,
        repository.ArchivedAt);
}
