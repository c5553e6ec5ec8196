namespace RepoPortal.Portal.Tiers;

/// <summary>The tiers a new installation starts with.</summary>
internal static class TierSeed
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;
    private const long Gibibyte = 1L << 30;

    internal static readonly Tier[] Rows =
    [
        new()
        {
            Id = "best-effort",
            Name = "Best effort",
            Audience = "Scratch work, things kept elsewhere too",
            RecoveryPointSeconds = Day,
            RecoveryPointWords = "up to 24 h",
            RecoveryTimeSeconds = Day,
            RecoveryTimeWords = "1 working day, by hand",
            Copies = 1,
            CopiesWords = "1 + backup",
            BackupIntervalSeconds = Day,
            VerificationIntervalSeconds = 7 * Day,
            DrillIntervalSeconds = 91 * Day,
            RetentionSeconds = 30 * Day,
            QuotaBytes = 10 * Gibibyte,
            MostPeople = 10,
            MostOutsiders = 3,
            MostCommits = 500,
            MostAutomation = 1000,
            MostBytes = 8 * Gibibyte,
            Order = 1,
        },
        new()
        {
            Id = "standard",
            Name = "Standard",
            Audience = "The usual choice for a project",
            RecoveryPointSeconds = Hour,
            RecoveryPointWords = "up to 1 h",
            RecoveryTimeSeconds = 4 * Hour,
            RecoveryTimeWords = "4 h",
            Copies = 2,
            CopiesWords = "2 + backup",
            BackupIntervalSeconds = Hour,
            VerificationIntervalSeconds = Day,
            DrillIntervalSeconds = 30 * Day,
            RetentionSeconds = 90 * Day,
            QuotaBytes = 100 * Gibibyte,
            MostPeople = 100,
            MostOutsiders = 50,
            MostCommits = 5000,
            MostAutomation = 50_000,
            MostBytes = 80 * Gibibyte,
            Order = 2,
        },
        new()
        {
            Id = "critical",
            Name = "Critical",
            Audience = "Many people stop working without it",
            RecoveryPointSeconds = 0,
            RecoveryPointWords = "none that was acknowledged",
            RecoveryTimeSeconds = 60,
            RecoveryTimeWords = "60 s, by itself",
            Copies = 2,
            CopiesWords = "2 + backup",
            BackupIntervalSeconds = Hour,
            VerificationIntervalSeconds = Day,
            DrillIntervalSeconds = 7 * Day,
            RetentionSeconds = 365 * Day,
            Order = 3,
        },
    ];
}
