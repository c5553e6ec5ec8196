using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Usage;

namespace RepoPortal.Portal.Policy;

/// <summary>What administrators want about people, and about repositories that nobody looks after.</summary>
/// <param name="LocalAccounts">Who may have an account with a password or passkey.</param>
/// <param name="AdministratorsNeedSecondFactor">Whether a password alone is not enough for administrators.</param>
/// <param name="OwnersNeedSecondFactor">The same for owners of repositories.</param>
/// <param name="ExternalsMayCreate">Whether collaborators from elsewhere may create repositories.</param>
/// <param name="ExternalDays">For how many days they are let in unless somebody says otherwise: 1 to <paramref name="ExternalMaxDays"/>.</param>
/// <param name="ExternalMaxDays">For how many at most: 1 to 3650.</param>
/// <param name="ConfirmDays">After how many days owners are asked again whether a repository is still needed: 30 to 3650, or 0 for never.</param>
/// <param name="IdleDays">After how many days without use it is proposed to archive a repository: 30 to 390, or 0 for never.</param>
public sealed record PolicyRequest(
    LocalAccounts LocalAccounts, bool AdministratorsNeedSecondFactor, bool OwnersNeedSecondFactor, bool ExternalsMayCreate, int ExternalDays, int ExternalMaxDays,
    int ConfirmDays = 365, int IdleDays = 365)
{
    internal static PolicyRequest Of(SitePolicy policy) => new(
        policy.LocalAccounts, policy.AdministratorsNeedSecondFactor, policy.OwnersNeedSecondFactor, policy.ExternalsMayCreate, policy.ExternalDays, policy.ExternalMaxDays,
        policy.ConfirmDays, policy.IdleDays);
}

/// <summary>Shows and changes what administrators decide about people, and about repositories that nobody looks after.</summary>
internal sealed class ChangePolicy(IDbContextFactory<RecordContext> contexts, SignInProviders providers, TimeProvider time)
{
    private const int MostDays = 3650;
    private const int LeastDays = 30;

    // Whoever read a repository is not known for longer.
    private const int MostIdleDays = UsageRemoval.KeptDays - 10;
    private static readonly string[] LocalMethods = [SessionMethod.Password, SessionMethod.PasswordAndCode, SessionMethod.Passkey];

    /// <summary>What is decided now; for administrators.</summary>
    internal async Task<Outcome<PolicyRequest>> ViewAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees the policy.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return PolicyRequest.Of(await record.PolicyAsync(cancellationToken));
    }

    /// <summary>Decides anew. Sessions of people who may not have a local account any more end with it, except the one who decides.</summary>
    internal async Task<Outcome<PolicyRequest>> ExecuteAsync(PolicyRequest wanted, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator changes the policy.");
        if (wanted.ExternalMaxDays is < 1 or > MostDays)
            return Refusal.Invalid("externalMaxDays", $"The most is between 1 and {MostDays} days.");
        if (wanted.ExternalDays < 1 || wanted.ExternalDays > wanted.ExternalMaxDays)
            return Refusal.Invalid("externalDays", $"This is between 1 and {wanted.ExternalMaxDays} days, the most there may be.");
        if (wanted.ConfirmDays is not 0 and (< LeastDays or > MostDays))
            return Refusal.Invalid("confirmDays", $"This is between {LeastDays} and {MostDays} days, or 0 for never.");
        if (wanted.IdleDays is not 0 and (< LeastDays or > MostIdleDays))
            return Refusal.Invalid("idleDays", $"This is between {LeastDays} and {MostIdleDays} days, for as long as reads are remembered, or 0 for never.");
        return await contexts.UndisturbedAsync(record => ChangeAsync(record, wanted, actor, cancellationToken), cancellationToken);
    }

    private async Task<Outcome<PolicyRequest>> ChangeAsync(RecordContext record, PolicyRequest wanted, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var policy = await record.Policies.SingleAsync(row => row.Id == SitePolicy.OnlyId, cancellationToken);
        var before = PolicyRequest.Of(policy);
        if (before == wanted)
            return wanted;
        policy.LocalAccounts = wanted.LocalAccounts;
        policy.AdministratorsNeedSecondFactor = wanted.AdministratorsNeedSecondFactor;
        policy.OwnersNeedSecondFactor = wanted.OwnersNeedSecondFactor;
        policy.ExternalsMayCreate = wanted.ExternalsMayCreate;
        policy.ExternalDays = wanted.ExternalDays;
        policy.ExternalMaxDays = wanted.ExternalMaxDays;
        policy.ConfirmDays = wanted.ConfirmDays;
        policy.IdleDays = wanted.IdleDays;
        if (wanted.LocalAccounts != before.LocalAccounts && !await LeavesAnAdministratorAsync(record, policy, now, cancellationToken))
            return Refusal.Conflict("No administrator could sign in any more: none of them has signed in through a provider that is configured.", "localAccounts");
        foreach (var session in await LocalSessionsAsync(record, policy, actor, cancellationToken))
            session.EndedAt = now;
        record.Add(AuditEntry.Of(now, actor, AuditAction.PolicyChanged, "policy", detail: new { before = Written(before), after = Written(wanted) }));
        await record.SaveChangesAsync(cancellationToken);
        return wanted;
    }

    private async Task<bool> LeavesAnAdministratorAsync(RecordContext record, SitePolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] configured = [.. providers.All.Select(provider => provider.Key)];
        var administrators = await record.Users.AsNoTracking().Where(user => user.IsAdministrator)
            .Select(user => new { User = user, HasProvider = record.ExternalIdentities.Any(identity => identity.UserId == user.Id && configured.Contains(identity.Provider)) })
            .ToListAsync(cancellationToken);
        return administrators.Exists(one => one.User.IsActive(now) && (one.HasProvider || policy.AllowsLocalAccount(one.User.Kind)));
    }

    private static async Task<List<UserSession>> LocalSessionsAsync(RecordContext record, SitePolicy policy, Actor actor, CancellationToken cancellationToken)
    {
        var refused = Enum.GetValues<UserKind>().Where(kind => !policy.AllowsLocalAccount(kind)).ToArray();
        return await record.Sessions
            .Where(session => session.EndedAt == null && session.UserId != actor.UserId && LocalMethods.Contains(session.Method)
                && record.Users.Any(user => user.Id == session.UserId && refused.Contains(user.Kind)))
            .ToListAsync(cancellationToken);
    }

    private static object Written(PolicyRequest policy) => new
    {
        localAccounts = Spelling.Of(policy.LocalAccounts),
        policy.AdministratorsNeedSecondFactor,
        policy.OwnersNeedSecondFactor,
        policy.ExternalsMayCreate,
        policy.ExternalDays,
        policy.ExternalMaxDays,
        policy.ConfirmDays,
        policy.IdleDays,
    };
}
