using System.Text.Json;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>What a bulk action needs to know beside its repositories: kept with its task.</summary>
/// <param name="Wish">What is done.</param>
/// <param name="ActorId">On whose behalf: what they may do is asked again at each repository.</param>
/// <param name="Back">The address of the inventory where it was chosen.</param>
internal sealed record BulkParameters(BulkWish Wish, Guid ActorId, string Back)
{
    internal static BulkParameters Of(PortalTask task) => JsonSerializer.Deserialize<BulkParameters>(task.Parameters)!;

    internal string ToJson() => JsonSerializer.Serialize(this);
}
