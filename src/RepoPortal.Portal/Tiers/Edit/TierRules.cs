using System.Globalization;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>What a tier may promise: each number within bounds that make sense, and none that another one contradicts.</summary>
internal static class TierRules
{
    private const int MostCopies = 5;
    private const int LastPlace = 1000;
    private const long LongestSpan = 3650 * Duration.Day;
    private const long SmallestQuota = 1L << 20;
    private const long LargestQuota = 1L << 50;
    private const long MostOfAnything = 1_000_000_000;

    /// <summary>What is wrong with a spelling; null when it can be taken.</summary>
    internal static Refusal? RefuseId(string id)
    {
        var good = id.Length is >= 2 and <= Tier.MaxIdLength && char.IsAsciiLetterLower(id[0]) && id[^1] != '-'
            && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        return good ? null : Refusal.Invalid("id", $"A spelling has 2 to {Tier.MaxIdLength} lower-case letters, digits and '-', and starts with a letter.");
    }

    /// <summary>The first thing that is wrong with a draft; null when it can be taken.</summary>
    internal static Refusal? Refuse(TierDraft draft) => Texts(draft) ?? Spans(draft) ?? Numbers(draft) ?? Contradictions(draft);

    private static Refusal? Texts(TierDraft draft)
    {
        if (draft.Name.Length == 0)
            return Refusal.Invalid("name", "Give the tier a name.");
        return Text("name", draft.Name, "A name", Tier.MaxNameLength)
            ?? Text("audience", draft.Audience, "This", Tier.MaxWordsLength)
            ?? Text("recoveryPointWords", draft.RecoveryPointWords, "This", Tier.MaxWordsLength)
            ?? Text("recoveryTimeWords", draft.RecoveryTimeWords, "This", Tier.MaxWordsLength)
            ?? Text("copiesWords", draft.CopiesWords, "This", Tier.MaxWordsLength);
    }

    private static Refusal? Spans(TierDraft draft) =>
        Span("recoveryPoint", draft.RecoveryPointSeconds, "Commits at risk", 0)
        ?? Span("recoveryTime", draft.RecoveryTimeSeconds, "The time to be back in service", Duration.Second)
        ?? Span("backupInterval", draft.BackupIntervalSeconds, "The time between two backups", Duration.Minute)
        ?? Span("verificationInterval", draft.VerificationIntervalSeconds, "The time between two verifications", Duration.Minute)
        ?? Span("drillInterval", draft.DrillIntervalSeconds, "The time between two restore drills", Duration.Hour)
        ?? Span("retention", draft.RetentionSeconds, "The time that backups and deleted content are kept", Duration.Day);

    private static Refusal? Numbers(TierDraft draft)
    {
        if (draft.Copies is < 1 or > MostCopies)
            return Refusal.Invalid("copies", $"There are 1 to {MostCopies} copies.");
        if (draft.Order is < 1 or > LastPlace)
            return Refusal.Invalid("order", $"A place is a number from 1 to {LastPlace}.");
        if (draft.QuotaBytes is < SmallestQuota or > LargestQuota)
            return Refusal.Invalid("quota", $"A quota is between {ByteWords.Of(SmallestQuota)} and {ByteWords.Of(LargestQuota)}; leave it empty for none.");
        return Most("mostPeople", draft.MostPeople)
            ?? Most("mostOutsiders", draft.MostOutsiders)
            ?? Most("mostCommits", draft.MostCommits)
            ?? Most("mostAutomation", draft.MostAutomation)
            ?? (draft.MostBytes is < SmallestQuota or > LargestQuota
                ? Refusal.Invalid("mostBytes", $"A size is between {ByteWords.Of(SmallestQuota)} and {ByteWords.Of(LargestQuota)}; leave it empty for any.")
                : null);
    }

    private static Refusal? Contradictions(TierDraft draft)
    {
        if (draft.Copies == 1 && draft.RecoveryPointSeconds == 0)
            return Refusal.Invalid("copies", "That no commit is at risk takes two copies at least.");
        if (draft.Copies == 1 && draft.BackupIntervalSeconds > draft.RecoveryPointSeconds)
            return Refusal.Invalid(
                "backupInterval",
                $"With one copy, what was committed since the last backup is at risk: back up every {Duration.Words(draft.RecoveryPointSeconds)} at least.");
        return draft.RetentionSeconds < draft.BackupIntervalSeconds
            ? Refusal.Invalid("retention", "Backups are kept for longer than from one to the next.")
            : null;
    }

    private static Refusal? Text(string field, string? text, string what, int most) =>
        text is not null && PlainText.Refuse(text, what, most) is { } sentence ? Refusal.Invalid(field, sentence) : null;

    private static Refusal? Span(string field, long seconds, string what, long least) => seconds < least || seconds > LongestSpan
        ? Refusal.Invalid(field, $"{what}: between {Duration.Words(least)} and {Duration.Words(LongestSpan)}.")
        : null;

    private static Refusal? Most(string field, long? number) => number is < 1 or > MostOfAnything
        ? Refusal.Invalid(field, string.Create(CultureInfo.InvariantCulture, $"This is a number from 1 to {MostOfAnything:N0}; leave it empty for any."))
        : null;
}
