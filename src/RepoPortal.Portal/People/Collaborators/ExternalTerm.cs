using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>For how long a collaborator from elsewhere is let in.</summary>
internal static class ExternalTerm
{
    /// <summary>Days before the end at which a reminder is sent, the fewest first; 0 stands for the end itself.</summary>
    internal static readonly int[] Steps = [0, 1, 7, 30];

    /// <summary>The end of a term that begins now.</summary>
    internal static DateTimeOffset EndOf(SitePolicy policy, DateTimeOffset now) => now.AddDays(Math.Min(policy.ExternalDays, policy.ExternalMaxDays));

    /// <summary>Lets somebody in from now until <paramref name="end"/>. A term shorter than a reminder's days has no such reminder.</summary>
    internal static void Begin(User user, DateTimeOffset end, DateTimeOffset now)
    {
        user.EndsAt = end;
        user.RemindedDays = StepAt(end, now);
        user.ConcurrencyStamp = Accounts.NewSecurityStamp();
    }

    /// <summary>The reminder that is due when that much is left; null when none is.</summary>
    internal static int? StepAt(DateTimeOffset end, DateTimeOffset now) => Steps.Cast<int?>().FirstOrDefault(step => end <= now.AddDays(step!.Value));
}
