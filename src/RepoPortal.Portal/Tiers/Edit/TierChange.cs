using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>One thing that a change of a tier changes, in words.</summary>
/// <param name="About">What: "Back in service".</param>
/// <param name="Before">How it is.</param>
/// <param name="After">How it would be.</param>
public sealed record TierChange(string About, string Before, string After)
{
    /// <summary>Everything in which two tiers differ.</summary>
    internal static IReadOnlyList<TierChange> Between(Tier before, Tier after) =>
        [.. Describe(before).Zip(Describe(after), (old, changed) => new TierChange(old.About, old.Words, changed.Words)).Where(change => change.Before != change.After)];

    /// <summary>Everything about a tier in words, always in the same order.</summary>
    internal static IEnumerable<(string About, string Words)> Describe(Tier tier) =>
    [
        ("Name", tier.Name),
        ("Meant for", tier.Audience),
        ("Commits at risk", $"{tier.RecoveryPointWords}{Exactly(tier.RecoveryPointWords, TierWords.RecoveryPoint(tier.RecoveryPointSeconds))}"),
        ("Back in service", $"{tier.RecoveryTimeWords}{Exactly(tier.RecoveryTimeWords, TierWords.RecoveryTime(tier.RecoveryTimeSeconds))}"),
        ("Copies", $"{tier.CopiesWords}{Exactly(tier.CopiesWords, TierWords.Copies(tier.Copies))}"),
        ("Backup every", Duration.Words(tier.BackupIntervalSeconds)),
        ("Verified every", Duration.Words(tier.VerificationIntervalSeconds)),
        ("Restore drill every", Duration.Words(tier.DrillIntervalSeconds)),
        ("Deleted content and backups kept", Duration.Words(tier.RetentionSeconds)),
        ("Quota", TierWords.Quota(tier.QuotaBytes)),
        ("Choosing it", TierWords.Choice(tier)),
        ("Meant for people", Most(tier.MostPeople)),
        ("Of them from elsewhere", Most(tier.MostOutsiders)),
        ("Commits in 30 days", Most(tier.MostCommits)),
        ("Automated requests a day", Most(tier.MostAutomation)),
        ("Meant for content", tier.MostBytes is { } bytes ? $"up to {ByteWords.Of(bytes)}" : "any"),
        ("Place", Format.Plain(tier.Order)),
    ];

    private static string Exactly(string words, string number) => words == number ? "" : $" ({number})";

    private static string Most(long? number) => number is { } most ? $"up to {Format.Count(most)}" : "any";
}
