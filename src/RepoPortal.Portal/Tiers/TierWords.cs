using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Tiers;

/// <summary>How a tier's numbers read where an administrator wrote no words of their own.</summary>
internal static class TierWords
{
    /// <summary>Which commits are at risk.</summary>
    internal static string RecoveryPoint(long seconds) => seconds == 0 ? "none that was acknowledged" : $"up to {Duration.Words(seconds)}";

    /// <summary>When it is back in service.</summary>
    internal static string RecoveryTime(long seconds) => Duration.Words(seconds);

    /// <summary>How often it is there.</summary>
    internal static string Copies(int copies) => $"{Format.Plain(copies)} + backup";

    /// <summary>How much it may hold.</summary>
    internal static string Quota(long? bytes) => bytes is { } limit ? ByteWords.Of(limit) : "no limit";

    /// <summary>What stands in the way of choosing it, where there is little room.</summary>
    internal static string Hurdle(Tier tier) => tier.ChosenBy == TierChoosers.Administrators ? "administrators only" : "needs approval";

    /// <summary>Who gets it how.</summary>
    internal static string Choice(Tier tier) => tier switch
    {
        { ChosenBy: TierChoosers.Administrators } => "only administrators choose it",
        { NeedsApproval: true } => "an administrator must approve",
        _ => "everybody may choose it",
    };
}
