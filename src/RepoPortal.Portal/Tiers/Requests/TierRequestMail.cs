using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>The words of what is sent about asking for another tier.</summary>
internal sealed class TierRequestMail(PublicAddress address)
{
    /// <summary>To an administrator, who has to decide.</summary>
    internal MailText AskAdministrator(string to, Repository repository, Tier from, Tier tier, TierRequest request) => PlainMail.Write(
        to,
        $"{request.AskedBy} asks for the tier {tier.Name} for {repository.Name}",
        $"{request.AskedBy} asks that the repository \"{repository.Name}\" be promised as {tier.Name}. It is {from.Name} now.",
        $"The reason: {request.Reason}",
        "An administrator decides, here:",
        $"{address.Root}/admin/tier-requests");

    /// <summary>To an owner, when it is decided.</summary>
    internal MailText TellOwner(string to, Repository repository, Tier from, Tier tier, TierRequest request) => PlainMail.Write(
        to,
        request.State == TierRequestState.Declined ? $"{repository.Name} stays {from.Name}" : $"{repository.Name} is {tier.Name} now",
        request.State == TierRequestState.Declined
            ? $"{request.AskedBy} asked that the repository \"{repository.Name}\" be promised as {tier.Name}. {request.DecidedBy} declined; it stays {from.Name}."
            : $"{request.AskedBy} asked that the repository \"{repository.Name}\" be promised as {tier.Name}. {request.DecidedBy} approved it.",
        string.IsNullOrEmpty(request.Sentence) ? null : $"What they say: {request.Sentence}",
        request.State == TierRequestState.Declined ? null : $"Commits at risk: {tier.RecoveryPointWords}. Back in service: {tier.RecoveryTimeWords}. Copies: {tier.CopiesWords}.",
        $"{address.Root}/r/{repository.Name}/settings");
}
