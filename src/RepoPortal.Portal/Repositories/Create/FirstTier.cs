using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>The tier that a new repository begins with: the one wanted, or another one until an administrator has approved that.</summary>
internal static class FirstTier
{
    /// <summary>Chooses among all tiers.</summary>
    internal static Outcome<Tier> Choose(NewRepository request, IReadOnlyCollection<Tier> tiers, Actor actor)
    {
        if (tiers.FirstOrDefault(tier => tier.Id == request.Tier) is not { } wanted)
            return TierQueries.RefuseUnknown(request.Tier, tiers);
        if (wanted.IsFreeFor(actor))
            return wanted;
        if (wanted.ChosenBy == TierChoosers.Administrators)
            return new Refusal(RefusalKind.Forbidden, $"Only administrators put repositories on the tier '{wanted.Name}'; choose another one.", "tier");
        var reason = (request.Reason ?? "").Trim();
        if (reason.Length == 0)
            return Refusal.Invalid("reason", $"Say why: an administrator decides about the tier '{wanted.Name}'.");
        if (PlainText.Refuse(reason, "A reason", TierRequest.MaxReasonLength) is { } sentence)
            return Refusal.Invalid("reason", sentence);
        return string.IsNullOrEmpty(request.Meanwhile) ? Strongest(tiers, actor) : Meanwhile(request.Meanwhile, tiers, actor);
    }

    private static Outcome<Tier> Strongest(IEnumerable<Tier> tiers, Actor actor) => tiers.Where(tier => tier.IsFreeFor(actor)).MaxBy(tier => tier.Order) is { } tier
        ? tier
        : Refusal.Conflict("Every tier needs an administrator here; ask one to create the repository.", "tier");

    private static Outcome<Tier> Meanwhile(string id, IEnumerable<Tier> tiers, Actor actor) => tiers.FirstOrDefault(tier => tier.Id == id) switch
    {
        null => Refusal.Invalid("meanwhile", $"'{id}' is not a tier."),
        { } tier when !tier.IsFreeFor(actor) => Refusal.Invalid("meanwhile", $"The tier '{tier.Name}' needs an administrator, too; choose one that does not."),
        { } tier => tier,
    };
}
