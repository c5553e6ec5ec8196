using System.Collections.Immutable;
using System.Text.Json;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>What an import needs to know beyond its repository: kept with its task.</summary>
/// <param name="Origin">Where the history comes from.</param>
/// <param name="Authors">User names by authors.</param>
/// <param name="KeepsWhatIsThere">Loads nothing more, and serves what was loaded before.</param>
/// <param name="Remarks">What of the source could not be carried, in sentences, once everything is loaded.</param>
internal sealed record ImportParameters(ImportOrigin Origin, ImmutableDictionary<string, string> Authors, bool KeepsWhatIsThere = false, string Remarks = "")
{
    internal static ImportParameters Of(PortalTask task) => JsonSerializer.Deserialize<ImportParameters>(task.Parameters)!;

    internal string ToJson() => JsonSerializer.Serialize(this);
}
