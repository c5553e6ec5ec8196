using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Sessions;

/// <summary>What the audit says about sessions that did not begin, or ended.</summary>
internal static class SessionAudit
{
    /// <summary>Somebody claimed to be <paramref name="user"/> and was not let in. Never holds what was typed.</summary>
    internal static AuditEntry Refused(DateTimeOffset at, User user, string method, Visitor visitor, string reason) =>
        AuditEntry.Of(at, Actor.Anonymous, AuditAction.SessionRefused, user.UserName!, detail: new { method, visitor.Address, reason });

    /// <summary>A session was ended before its time.</summary>
    internal static AuditEntry Ended(DateTimeOffset at, Actor actor, string userName, UserSession session) =>
        AuditEntry.Of(at, actor, AuditAction.SessionEnded, userName, detail: new { session.Id, session.Method, session.Address });
}
