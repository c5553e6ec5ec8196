using System.Text.Json;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>What a restore needs to know beyond the repository that it is taken from: kept with its task.</summary>
/// <param name="Revision">The revision to end with.</param>
/// <param name="Target">The repository that it becomes.</param>
/// <param name="Generation">The generation that it becomes.</param>
/// <param name="ContinueAbove">The highest revision number that was given out in the target, as far as was known when it was asked for.</param>
/// <param name="GivesUpLater">Whether it was said that later revisions may be lost.</param>
internal sealed record RestoreParameters(long Revision, Guid Target, int Generation, long ContinueAbove, bool GivesUpLater = false)
{
    /// <summary>In place of a revision: as far as the backup reaches.</summary>
    internal const long AsFarAsPossible = -1;

    internal static RestoreParameters Of(PortalTask task) => JsonSerializer.Deserialize<RestoreParameters>(task.Parameters)!;

    internal string ToJson() => JsonSerializer.Serialize(this);
}
