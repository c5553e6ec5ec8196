using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>A repository's promise beside what was measured.</summary>
/// <param name="Tier">What is promised.</param>
/// <param name="State">Whether it is kept.</param>
/// <param name="Reason">What decides that.</param>
/// <param name="Findings">Everything that was measured.</param>
/// <param name="Exposure">The age of the oldest commit that is in no backup; null when nothing was measured.</param>
/// <param name="Protection">The evidence; null before the clock has seen the repository.</param>
public sealed record PromiseView(
    Tier Tier, PromiseState State, string Reason, IReadOnlyList<PromiseFinding> Findings, TimeSpan? Exposure, Protection? Protection)
{
    /// <summary>What was measured about one part of it.</summary>
    internal string Of(PromiseSubject subject) => Findings.FirstOrDefault(finding => finding.About == subject)?.Sentence ?? "Nothing has been measured yet.";

    /// <summary>What that says.</summary>
    internal PromiseState StateOf(PromiseSubject subject) => Findings.FirstOrDefault(finding => finding.About == subject)?.State ?? PromiseState.Unknown;
}
