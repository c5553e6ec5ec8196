namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>A tier as administrators want it. Its members are called as in the API and as the fields of the form.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Audience">For what it is meant.</param>
/// <param name="RecoveryPointSeconds">How old the oldest commit at risk may be; 0 when none may be lost.</param>
/// <param name="RecoveryTimeSeconds">How long it may be away.</param>
/// <param name="Copies">How many copies, the backup not counted.</param>
/// <param name="BackupIntervalSeconds">How often it is backed up.</param>
/// <param name="VerificationIntervalSeconds">How often the backup is verified.</param>
/// <param name="DrillIntervalSeconds">How often a restore is rehearsed.</param>
/// <param name="RetentionSeconds">How long deleted content and old backups are kept.</param>
/// <param name="Order">Its place, the weakest promise first.</param>
/// <param name="RecoveryPointWords">The promise in words; null or empty: said by the number.</param>
/// <param name="RecoveryTimeWords">The same.</param>
/// <param name="CopiesWords">The same.</param>
/// <param name="QuotaBytes">How much may be stored; null for no limit.</param>
/// <param name="ChosenBy">Who may choose it.</param>
/// <param name="NeedsApproval">Whether an administrator must approve.</param>
/// <param name="MostPeople">For how many people it is meant; null for any number, as with all that follow.</param>
/// <param name="MostOutsiders">For how many of them from elsewhere.</param>
/// <param name="MostCommits">For how many commits in thirty days.</param>
/// <param name="MostAutomation">For how many requests of service accounts a day.</param>
/// <param name="MostBytes">For how much content.</param>
public sealed record TierDraft(
    string Name,
    string Audience,
    long RecoveryPointSeconds,
    long RecoveryTimeSeconds,
    int Copies,
    long BackupIntervalSeconds,
    long VerificationIntervalSeconds,
    long DrillIntervalSeconds,
    long RetentionSeconds,
    int Order,
    string? RecoveryPointWords = null,
    string? RecoveryTimeWords = null,
    string? CopiesWords = null,
    long? QuotaBytes = null,
    TierChoosers ChosenBy = TierChoosers.Everybody,
    bool NeedsApproval = false,
    long? MostPeople = null,
    long? MostOutsiders = null,
    long? MostCommits = null,
    long? MostAutomation = null,
    long? MostBytes = null)
{
    /// <summary>The tier as it is; words that only say the number are left out, so that they follow it when it changes.</summary>
    internal static TierDraft Of(Tier tier) => new(
        tier.Name,
        tier.Audience,
        tier.RecoveryPointSeconds,
        tier.RecoveryTimeSeconds,
        tier.Copies,
        tier.BackupIntervalSeconds,
        tier.VerificationIntervalSeconds,
        tier.DrillIntervalSeconds,
        tier.RetentionSeconds,
        tier.Order,
        Own(tier.RecoveryPointWords, TierWords.RecoveryPoint(tier.RecoveryPointSeconds)),
        Own(tier.RecoveryTimeWords, TierWords.RecoveryTime(tier.RecoveryTimeSeconds)),
        Own(tier.CopiesWords, TierWords.Copies(tier.Copies)),
        tier.QuotaBytes,
        tier.ChosenBy,
        tier.NeedsApproval,
        tier.MostPeople,
        tier.MostOutsiders,
        tier.MostCommits,
        tier.MostAutomation,
        tier.MostBytes);

    /// <summary>With no space around texts.</summary>
    internal TierDraft Trimmed() => this with
    {
        Name = Name.Trim(),
        Audience = Audience.Trim(),
        RecoveryPointWords = RecoveryPointWords?.Trim(),
        RecoveryTimeWords = RecoveryTimeWords?.Trim(),
        CopiesWords = CopiesWords?.Trim(),
    };

    /// <summary>A tier of that id that is as wanted.</summary>
    internal Tier ToTier(string id)
    {
        var tier = new Tier
        {
            Id = id,
            Name = Name,
            Audience = Audience,
            RecoveryPointSeconds = RecoveryPointSeconds,
            RecoveryPointWords = "",
            RecoveryTimeSeconds = RecoveryTimeSeconds,
            RecoveryTimeWords = "",
            Copies = Copies,
            CopiesWords = "",
            BackupIntervalSeconds = BackupIntervalSeconds,
            VerificationIntervalSeconds = VerificationIntervalSeconds,
            DrillIntervalSeconds = DrillIntervalSeconds,
            RetentionSeconds = RetentionSeconds,
            Order = Order,
        };
        CopyTo(tier);
        return tier;
    }

    /// <summary>Makes the row as wanted.</summary>
    internal void CopyTo(Tier tier)
    {
        tier.Name = Name;
        tier.Audience = Audience;
        tier.RecoveryPointSeconds = RecoveryPointSeconds;
        tier.RecoveryPointWords = Said(RecoveryPointWords, TierWords.RecoveryPoint(RecoveryPointSeconds));
        tier.RecoveryTimeSeconds = RecoveryTimeSeconds;
        tier.RecoveryTimeWords = Said(RecoveryTimeWords, TierWords.RecoveryTime(RecoveryTimeSeconds));
        tier.Copies = Copies;
        tier.CopiesWords = Said(CopiesWords, TierWords.Copies(Copies));
        tier.BackupIntervalSeconds = BackupIntervalSeconds;
        tier.VerificationIntervalSeconds = VerificationIntervalSeconds;
        tier.DrillIntervalSeconds = DrillIntervalSeconds;
        tier.RetentionSeconds = RetentionSeconds;
        tier.QuotaBytes = QuotaBytes;
        tier.ChosenBy = ChosenBy;
        tier.NeedsApproval = NeedsApproval;
        tier.MostPeople = MostPeople;
        tier.MostOutsiders = MostOutsiders;
        tier.MostCommits = MostCommits;
        tier.MostAutomation = MostAutomation;
        tier.MostBytes = MostBytes;
        tier.Order = Order;
    }

    private static string? Own(string words, string derived) => words == derived ? null : words;

    private static string Said(string? words, string derived) => string.IsNullOrEmpty(words) ? derived : words;
}
