using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Shell.Forms;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>The form of a tier: what stands in each field, as text, so that nothing typed is lost on the way over the preview.</summary>
internal sealed class TierFields
{
    private readonly Dictionary<string, string> _texts;

    private TierFields(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>Every field and its text, to be carried along.</summary>
    internal IEnumerable<KeyValuePair<string, string>> All => _texts;

    /// <summary>A field's text; empty when nothing stands in it.</summary>
    internal string this[string field] => _texts.GetValueOrDefault(field, "");

    /// <summary>What was sent.</summary>
    internal static TierFields Of(IFormCollection form) => new(Names.ToDictionary(name => name, name => form[name].ToString(), StringComparer.Ordinal));

    /// <summary>A tier as it is.</summary>
    internal static TierFields Of(Tier tier)
    {
        var draft = TierDraft.Of(tier);
        return new TierFields(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = draft.Name,
            ["audience"] = draft.Audience,
            ["recoveryPoint"] = Duration.Words(draft.RecoveryPointSeconds),
            ["recoveryPointWords"] = draft.RecoveryPointWords ?? "",
            ["recoveryTime"] = Duration.Words(draft.RecoveryTimeSeconds),
            ["recoveryTimeWords"] = draft.RecoveryTimeWords ?? "",
            ["copies"] = Format.Plain(draft.Copies),
            ["copiesWords"] = draft.CopiesWords ?? "",
            ["backupInterval"] = Duration.Words(draft.BackupIntervalSeconds),
            ["verificationInterval"] = Duration.Words(draft.VerificationIntervalSeconds),
            ["drillInterval"] = Duration.Words(draft.DrillIntervalSeconds),
            ["retention"] = Duration.Words(draft.RetentionSeconds),
            ["quota"] = Bytes(draft.QuotaBytes),
            ["chosenBy"] = Spelling.Of(draft.ChosenBy),
            ["needsApproval"] = draft.NeedsApproval ? "true" : "",
            ["mostPeople"] = Number(draft.MostPeople),
            ["mostOutsiders"] = Number(draft.MostOutsiders),
            ["mostCommits"] = Number(draft.MostCommits),
            ["mostAutomation"] = Number(draft.MostAutomation),
            ["mostBytes"] = Bytes(draft.MostBytes),
            ["order"] = Format.Plain(draft.Order),
        });
    }

    /// <summary>A tier that is not there yet.</summary>
    /// <param name="order">The first place that is free.</param>
    internal static TierFields New(int order) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["chosenBy"] = Spelling.Of(TierChoosers.Everybody),
        ["order"] = Format.Plain(order),
    });

    /// <summary>What is wanted; null when a field cannot be read, which <paramref name="errors"/> then says.</summary>
    internal TierDraft? Read(FormErrors errors)
    {
        if (!Spelling.TryParse<TierChoosers>(this["chosenBy"], out var chosenBy))
            errors.Add("chosenBy", "Say who may choose it.");
        var draft = new TierDraft(
            this["name"],
            this["audience"],
            Span("recoveryPoint", errors),
            Span("recoveryTime", errors),
            (int)(Whole("copies", errors) ?? 0),
            Span("backupInterval", errors),
            Span("verificationInterval", errors),
            Span("drillInterval", errors),
            Span("retention", errors),
            (int)(Whole("order", errors) ?? 0),
            this["recoveryPointWords"],
            this["recoveryTimeWords"],
            this["copiesWords"],
            Amount("quota", errors),
            chosenBy,
            this["needsApproval"] == "true",
            Whole("mostPeople", errors),
            Whole("mostOutsiders", errors),
            Whole("mostCommits", errors),
            Whole("mostAutomation", errors),
            Amount("mostBytes", errors));
        return errors.Any ? null : draft;
    }

    private static readonly string[] Names =
    [
        "id", "name", "audience", "recoveryPoint", "recoveryPointWords", "recoveryTime", "recoveryTimeWords", "copies", "copiesWords", "backupInterval", "verificationInterval",
        "drillInterval", "retention", "quota", "chosenBy", "needsApproval", "mostPeople", "mostOutsiders", "mostCommits", "mostAutomation", "mostBytes", "order",
    ];

    private long Span(string field, FormErrors errors)
    {
        if (!Duration.TryParse(this[field], out var seconds))
            errors.Add(field, Duration.Refuse(this[field]));
        return seconds;
    }

    // Empty is no number, which is for the rules to judge.
    private long? Whole(string field, FormErrors errors)
    {
        var text = this[field].Trim();
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        errors.Add(field, $"'{text}' is no whole number.");
        return null;
    }

    private long? Amount(string field, FormErrors errors)
    {
        var text = this[field].Trim();
        if (text.Length == 0)
            return null;
        if (ByteCount.TryParse(text, out var bytes))
            return bytes;
        errors.Add(field, ByteCount.Refuse(text));
        return null;
    }

    private static string Number(long? number) => number is { } given ? Format.Plain(given) : "";

    private static string Bytes(long? bytes) => bytes is { } given ? ByteCount.Words(given) : "";
}
