using System.Globalization;
using System.Text.Json;

namespace RepoPortal.Portal.Audit;

/// <summary>How entries read on pages.</summary>
internal static class AuditWords
{
    /// <summary>The kinds of actions that a filter offers, with what they are called.</summary>
    internal static readonly IReadOnlyList<(string Action, string Label)> Kinds =
    [
        ("member", "Access of people"),
        ("group", "Groups and their access"),
        ("rules", "Path rules"),
        ("grant", "Access that ended"),
        ("invitation", "Invitations"),
        ("collaborator", "Outside collaborators"),
        ("repository", "Repositories"),
        ("message", "Messages of revisions"),
        ("lock", "Locks"),
        ("user", "Accounts"),
        ("session", "Sign-ins"),
        ("identity", "Sign-in providers"),
        ("second-factor", "Authenticator apps"),
        ("recovery-codes", "Recovery codes"),
        ("passkey", "Passkeys"),
        ("email", "E-mail addresses"),
        ("password", "Passwords"),
        ("token", "Tokens"),
        ("service-account", "Service accounts"),
        ("policy", "Settings"),
        ("tier", "Tiers"),
        ("drift", "Proposals"),
        ("bulk", "Many at once"),
        ("confirmation", "Questions to owners"),
    ];

    /// <summary>What was done, with the action's own spelling where there are no words for it: the entry is older or newer than the page.</summary>
    internal static string Of(AuditEntry entry) => entry.Action switch
    {
        AuditAction.RepositoryCreated => "created the repository",
        AuditAction.RepositoryReady => "made ready on disk",
        AuditAction.RepositoryFailed => "could not make",
        AuditAction.RepositoryRetried => "tried again to make",
        AuditAction.RepositoryChanged => "changed the settings of",
        AuditAction.RepositoryImported => "asked for an import into",
        AuditAction.RepositoryImportStopped => "stopped an import into",
        AuditAction.RepositoryRestored => "restored a backup as the new repository",
        AuditAction.RepositoryRestoredInPlace => "restored a backup in the place of",
        AuditAction.RepositoryExported => "asked for an export of",
        AuditAction.ExportDownloaded => "downloaded an export of",
        AuditAction.ExportRemoved => "removed an export of",
        AuditAction.RepositoryRenamed => "renamed",
        AuditAction.RepositoryAliasReleased => "let an earlier name go:",
        AuditAction.RepositoryArchived => "archived",
        AuditAction.RepositoryUnarchived => "took back into use",
        AuditAction.RepositoryDeleted => "deleted",
        AuditAction.RepositoryUndeleted => "took out of the trash",
        AuditAction.RepositoryPurged => "removed for good",
        AuditAction.BackupRemoved => "removed a backup that nobody needs of",
        AuditAction.GenerationRemoved => "removed what was replaced in",
        AuditAction.RepositoryTransferred => "handed the repository over to",
        AuditAction.RepositoryOrphaned => "noted that nobody owns",
        AuditAction.RepositoryConfirmed => "said that all is right with",
        AuditAction.ConfirmationAsked => "asked the owners whether they still need",
        AuditAction.ConfirmationEscalated => "told administrators that no owner answers about",
        AuditAction.MessageCorrected => "corrected the message of a revision in",
        AuditAction.LockBroken => "broke a lock in",
        AuditAction.MemberSet => "gave access to",
        AuditAction.MemberRemoved => "removed",
        AuditAction.InvitationSent => "invited",
        AuditAction.InvitationRevoked => "took back the invitation of",
        AuditAction.InvitationAccepted => "accepted the invitation of",
        AuditAction.UserAdded => "added the account",
        AuditAction.UserChanged => "changed the account",
        AuditAction.UserSuspended => "suspended",
        AuditAction.UserResumed => "resumed",
        AuditAction.UserDisabled => "noted that a sign-in provider does not know any more",
        AuditAction.IdentityJoined => "joined a sign-in provider to the account",
        AuditAction.IdentityRemoved => "took a sign-in provider off the account",
        AuditAction.PasswordChanged => "changed the password of",
        AuditAction.PasswordForgotten => "asked for a link to reset the password of",
        AuditAction.PasswordLinkMade => "made a link to choose a password for",
        AuditAction.SecondFactorSet => "set up an authenticator app for",
        AuditAction.SecondFactorRemoved => "removed the second factor of",
        AuditAction.RecoveryCodesMade => "made new recovery codes for",
        AuditAction.PasskeyAdded => "added a passkey for",
        AuditAction.PasskeyRemoved => "removed a passkey of",
        AuditAction.EmailChangeAsked => "asked to change the e-mail address of",
        AuditAction.EmailChanged => "changed the e-mail address of",
        AuditAction.SessionBegun => "signed in as",
        AuditAction.SessionEnded => "signed out",
        AuditAction.SessionRefused => "was refused to sign in as",
        AuditAction.PolicyChanged => "changed the policy",
        AuditAction.TokenCreated => "made a token for",
        AuditAction.ServiceAccountTakenOver => "took over the service account",
        AuditAction.TokenUsedFromNewAddress => "used a token from a new address:",
        AuditAction.TokenRevoked => "revoked a token of",
        AuditAction.GroupCreated => "made the group",
        AuditAction.GroupChanged => "changed the group",
        AuditAction.GroupDeleted => "deleted the group",
        AuditAction.GroupGranted => "gave access to the group",
        AuditAction.GroupGrantRemoved => "removed the group",
        AuditAction.RulesChanged => "changed the path rules of",
        AuditAction.CollaboratorRenewed => "renewed the time of",
        AuditAction.CollaboratorEnded => "ended the time of",
        AuditAction.CollaboratorTakenOver => "took over as sponsor of",
        AuditAction.CollaboratorSponsorLeft => "noted that nobody answers any more for",
        AuditAction.RepositoryTierChanged => "changed the tier of",
        AuditAction.RepositoryQuotaSet => "set the quota of",
        AuditAction.TierCreated => "made the tier",
        AuditAction.TierChanged => "changed the tier",
        AuditAction.TierRemoved => "removed the tier",
        AuditAction.TierRequested => "asked for another tier for",
        AuditAction.TierApproved => "approved another tier for",
        AuditAction.TierDeclined => "declined another tier for",
        AuditAction.TierWithdrawn => "withdrew the request for another tier for",
        AuditAction.BulkBegun => "began for many repositories at once:",
        AuditAction.DriftFound => "made a proposal about",
        AuditAction.DriftAccepted => "took what was proposed for",
        AuditAction.DriftDeclined => "declined what was proposed for",
        AuditAction.DriftPostponed => "put off what was proposed for",
        AuditAction.GrantEnded => "ended the access, as was set, of",
        var action => action,
    };

    /// <summary>The particulars as "name: value" or "name: before → after"; ids of rows and what was not given say nothing to people and are left to the downloads.</summary>
    internal static IReadOnlyList<string> Particulars(AuditEntry entry)
    {
        var detail = JsonElement.Parse(entry.Detail);
        if (detail.TryGetProperty("before", out var before) && before.ValueKind == JsonValueKind.Object && detail.TryGetProperty("after", out var after))
            return [.. before.EnumerateObject().Select(member => (member, Now: after.GetProperty(member.Name)))
                .Where(pair => !JsonElement.DeepEquals(pair.member.Value, pair.Now))
                .Select(pair => $"{Spaced(pair.member.Name)}: {Value(pair.member.Value)} → {Value(pair.Now)}")];
        return [.. detail.EnumerateObject().Where(member => member.Name != "id" && member.Value.ValueKind != JsonValueKind.Null).Select(member => $"{Spaced(member.Name)}: {Value(member.Value)}")];
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.TryGetDateTimeOffset(out var at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "nothing",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "none",
        _ => value.GetRawText(),
    };

    private static string Spaced(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}
