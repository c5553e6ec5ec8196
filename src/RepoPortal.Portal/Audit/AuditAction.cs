namespace RepoPortal.Portal.Audit;

/// <summary>What can have been done. The spellings are kept for ever: entries are read years later.</summary>
internal static class AuditAction
{
    internal const string RepositoryCreated = "repository.created";
    internal const string RepositoryReady = "repository.ready";
    internal const string RepositoryFailed = "repository.failed";
    internal const string RepositoryRetried = "repository.retried";
    internal const string RepositoryChanged = "repository.changed";
    internal const string RepositoryImported = "repository.imported";
    internal const string RepositoryImportStopped = "repository.import-stopped";
    internal const string RepositoryRestored = "repository.restored";
    internal const string RepositoryRestoredInPlace = "repository.restored-in-place";
    internal const string RepositoryExported = "repository.exported";
    internal const string ExportDownloaded = "repository.export-downloaded";
    internal const string ExportRemoved = "repository.export-removed";
    internal const string RepositoryRenamed = "repository.renamed";
    internal const string RepositoryAliasReleased = "repository.alias-released";
    internal const string RepositoryArchived = "repository.archived";
    internal const string RepositoryUnarchived = "repository.unarchived";
    internal const string RepositoryDeleted = "repository.deleted";
    internal const string RepositoryUndeleted = "repository.undeleted";
    internal const string RepositoryPurged = "repository.purged";
    internal const string BackupRemoved = "repository.backup-removed";
    internal const string GenerationRemoved = "repository.generation-removed";
    internal const string RepositoryTransferred = "repository.transferred";
    internal const string RepositoryOrphaned = "repository.orphaned";
    internal const string RepositoryConfirmed = "repository.confirmed";
    internal const string ConfirmationAsked = "confirmation.asked";
    internal const string ConfirmationEscalated = "confirmation.escalated";
    internal const string MessageCorrected = "message.corrected";
    internal const string LockBroken = "lock.broken";
    internal const string MemberSet = "member.set";
    internal const string MemberRemoved = "member.removed";
    internal const string InvitationSent = "invitation.sent";
    internal const string InvitationRevoked = "invitation.revoked";
    internal const string InvitationAccepted = "invitation.accepted";
    internal const string UserAdded = "user.added";
    internal const string UserChanged = "user.changed";
    internal const string UserSuspended = "user.suspended";
    internal const string UserResumed = "user.resumed";
    internal const string UserDisabled = "user.disabled";
    internal const string IdentityJoined = "identity.joined";
    internal const string IdentityRemoved = "identity.removed";
    internal const string PasswordChanged = "password.changed";
    internal const string TokenCreated = "token.created";
    internal const string ServiceAccountTakenOver = "service-account.taken-over";
    internal const string TokenUsedFromNewAddress = "token.used-from-new-address";
    internal const string TokenRevoked = "token.revoked";
    internal const string GroupGranted = "group.granted";
    internal const string GroupGrantRemoved = "group.grant-removed";
    internal const string GroupChanged = "group.changed";
    internal const string GroupCreated = "group.created";
    internal const string GroupDeleted = "group.deleted";
    internal const string RulesChanged = "rules.changed";
    internal const string GrantEnded = "grant.ended";
    internal const string PasswordForgotten = "password.forgotten";
    internal const string SecondFactorSet = "second-factor.set";
    internal const string SecondFactorRemoved = "second-factor.removed";
    internal const string RecoveryCodesMade = "recovery-codes.made";
    internal const string PasskeyAdded = "passkey.added";
    internal const string PasskeyRemoved = "passkey.removed";
    internal const string PasswordLinkMade = "password.link-made";
    internal const string EmailChangeAsked = "email.change-asked";
    internal const string EmailChanged = "email.changed";
    internal const string PolicyChanged = "policy.changed";
    internal const string CollaboratorRenewed = "collaborator.renewed";
    internal const string CollaboratorEnded = "collaborator.ended";
    internal const string CollaboratorTakenOver = "collaborator.taken-over";
    internal const string CollaboratorSponsorLeft = "collaborator.sponsor-left";
    internal const string SessionBegun = "session.begun";
    internal const string SessionEnded = "session.ended";
    internal const string SessionRefused = "session.refused";
    internal const string RepositoryTierChanged = "repository.tier-changed";
    internal const string RepositoryQuotaSet = "repository.quota-set";
    internal const string TierCreated = "tier.created";
    internal const string TierChanged = "tier.changed";
    internal const string TierRemoved = "tier.removed";
    internal const string TierRequested = "tier.requested";
    internal const string TierApproved = "tier.approved";
    internal const string TierDeclined = "tier.declined";
    internal const string TierWithdrawn = "tier.withdrawn";
    internal const string BulkBegun = "bulk.begun";
    internal const string DriftFound = "drift.found";
    internal const string DriftAccepted = "drift.accepted";
    internal const string DriftDeclined = "drift.declined";
    internal const string DriftPostponed = "drift.postponed";

    /// <summary>What changes who may do what, and therefore has a moment at which it took effect.</summary>
    internal static readonly string[] OfAccess =
    [
        RepositoryChanged, MemberSet, MemberRemoved, InvitationAccepted, UserSuspended, UserResumed, UserDisabled, TokenRevoked, GroupGranted, GroupGrantRemoved, GroupChanged,
        RulesChanged, GrantEnded, CollaboratorRenewed, CollaboratorEnded, RepositoryRenamed, RepositoryAliasReleased, RepositoryArchived, RepositoryUnarchived,
        RepositoryDeleted, RepositoryUndeleted, RepositoryTransferred,
    ];
}
