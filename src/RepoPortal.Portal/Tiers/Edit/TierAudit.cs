namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>A tier as the audit keeps it; two that are equal differ in nothing.</summary>
internal sealed record TierAudit(
    string Name,
    string Audience,
    string RecoveryPoint,
    string RecoveryPointWords,
    string RecoveryTime,
    string RecoveryTimeWords,
    int Copies,
    string CopiesWords,
    string BackupInterval,
    string VerificationInterval,
    string DrillInterval,
    string Retention,
    long? QuotaBytes,
    string ChosenBy,
    bool NeedsApproval,
    long? MostPeople,
    long? MostOutsiders,
    long? MostCommits,
    long? MostAutomation,
    long? MostBytes,
    int Order)
{
    internal static TierAudit Of(Tier tier) => new(
        tier.Name,
        tier.Audience,
        Duration.Words(tier.RecoveryPointSeconds),
        tier.RecoveryPointWords,
        Duration.Words(tier.RecoveryTimeSeconds),
        tier.RecoveryTimeWords,
        tier.Copies,
        tier.CopiesWords,
        Duration.Words(tier.BackupIntervalSeconds),
        Duration.Words(tier.VerificationIntervalSeconds),
        Duration.Words(tier.DrillIntervalSeconds),
        Duration.Words(tier.RetentionSeconds),
        tier.QuotaBytes,
        Spelling.Of(tier.ChosenBy),
        tier.NeedsApproval,
        tier.MostPeople,
        tier.MostOutsiders,
        tier.MostCommits,
        tier.MostAutomation,
        tier.MostBytes,
        tier.Order);
}
