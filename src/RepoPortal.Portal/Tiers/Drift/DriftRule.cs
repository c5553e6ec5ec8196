using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Compares how a repository is used with what tiers are meant for, and says it.</summary>
internal static class DriftRule
{
    private static readonly TimeSpan Peace = TimeSpan.FromDays(365);

    private static readonly DriftCauses[] Causes = [DriftCauses.People, DriftCauses.Outsiders, DriftCauses.Commits, DriftCauses.Automation, DriftCauses.Size];

    /// <summary>By what the use exceeds that for which the tier is meant.</summary>
    internal static DriftCauses Exceeded(MeasuredUse use, Tier tier) =>
        Causes.Where(cause => Limit(tier, cause) is { } limit && Amount(use, cause) > limit).Aggregate(DriftCauses.None, (all, cause) => all | cause);

    /// <summary>The weakest of the stronger tiers that fits; the strongest when none does; null when there is no stronger one.</summary>
    internal static Tier? Propose(MeasuredUse use, Tier tier, IEnumerable<Tier> tiers)
    {
        var stronger = tiers.Where(candidate => candidate.Order > tier.Order).OrderBy(candidate => candidate.Order).ToList();
        return stronger.Find(candidate => Exceeded(use, candidate) == DriftCauses.None) ?? stronger.LastOrDefault();
    }

    /// <summary>The causes about which nobody has decided within a year, or which have doubled since.</summary>
    internal static DriftCauses NotAnswered(DriftCauses causes, MeasuredUse use, IEnumerable<DriftProposal> answered, DateTimeOffset now)
    {
        var recent = answered.Where(proposal => proposal.AnsweredAt > now - Peace).ToList();
        return Causes.Append(DriftCauses.Idle).Where(cause => causes.HasFlag(cause))
            .Where(cause => recent.TrueForAll(proposal => !proposal.Causes.HasFlag(cause) || (cause != DriftCauses.Idle && Amount(use, cause) >= 2 * Amount(proposal.Measured, cause))))
            .Aggregate(DriftCauses.None, (all, cause) => all | cause);
    }

    /// <summary>"38 people and 2 service accounts used 'sea-ice' in the last 30 days; it is promised as Best effort, which is meant for up to 10 people. Standard fits."</summary>
    internal static string Say(RepositoryName repository, MeasuredUse use, DriftCauses causes, Tier tier, Tier proposed)
    {
        var limits = Causes.Where(cause => causes.HasFlag(cause)).Select(cause => Meant(tier, cause));
        var ending = Exceeded(use, proposed) == DriftCauses.None ? $"{proposed.Name} fits." : $"No tier is meant for so much; {proposed.Name} comes nearest.";
        return $"{Join(Parts(repository, use, causes))}; it is promised as {tier.Name}, which is meant for {Join(limits)}. {ending}";
    }

    private static IEnumerable<string> Parts(RepositoryName repository, MeasuredUse use, DriftCauses causes)
    {
        string[] users =
        [
            .. use.People > 0 ? (string[])[Format.Count(use.People, "person", "people") + (causes.HasFlag(DriftCauses.Outsiders) ? $", {Format.Count(use.Outsiders)} of them from elsewhere," : "")] : [],
            .. use.Programs > 0 ? (string[])[Format.Count(use.Programs, "service account", "service accounts")] : [],
        ];
        yield return users.Length > 0 ? $"{Join(users)} used '{repository}' in the last {MeasureUse.Days} days" : $"Nobody used '{repository}' in the last {MeasureUse.Days} days";
        if (causes.HasFlag(DriftCauses.Automation))
            yield return $"{Format.Count(use.Automation)} requests a day came from service accounts";
        if (causes.HasFlag(DriftCauses.Commits))
            yield return $"there were {Format.Count(use.Commits, "commit", "commits")}";
        if (causes.HasFlag(DriftCauses.Size))
            yield return $"it holds {ByteWords.Of(use.SizeBytes)}";
    }

    private static string Meant(Tier tier, DriftCauses cause)
    {
        var limit = Limit(tier, cause)!.Value;
        return cause switch
        {
            DriftCauses.People => $"up to {Format.Count(limit, "person", "people")}",
            DriftCauses.Outsiders => $"up to {Format.Count(limit)} from elsewhere",
            DriftCauses.Commits => $"up to {Format.Count(limit, "commit", "commits")} in {MeasureUse.Days} days",
            DriftCauses.Automation => $"up to {Format.Count(limit)} automated requests a day",
            _ => $"up to {ByteWords.Of(limit)}",
        };
    }

    private static long? Limit(Tier tier, DriftCauses cause) => cause switch
    {
        DriftCauses.People => tier.MostPeople,
        DriftCauses.Outsiders => tier.MostOutsiders,
        DriftCauses.Commits => tier.MostCommits,
        DriftCauses.Automation => tier.MostAutomation,
        _ => tier.MostBytes,
    };

    private static long Amount(MeasuredUse use, DriftCauses cause) => cause switch
    {
        DriftCauses.People => use.People,
        DriftCauses.Outsiders => use.Outsiders,
        DriftCauses.Commits => use.Commits,
        DriftCauses.Automation => use.Automation,
        _ => use.SizeBytes,
    };

    private static string Join(IEnumerable<string> parts)
    {
        var all = parts.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1]).TrimEnd(',')}{(all[^2].EndsWith(',') ? "," : "")} and {all[^1]}";
    }
}
