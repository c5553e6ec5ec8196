using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Bulk;

/// <summary>Does to one repository what a bulk action is for, by the use case that does it singly. A rehearsal is the same without a save, so that the preview knows no rules of its own.</summary>
internal sealed class BulkDeed(
    ArchiveRepository archive, RequestTier tier, SetMember member, TransferRepository transfer, AskForConfirmation ask, AskForUpkeep upkeep)
{
    private const string Reason = "changed together with others";

    /// <summary>What doing it would be refused with; null when it would be done.</summary>
    internal async Task<Refusal?> RehearseAsync(BulkWish wish, string name, Actor actor, CancellationToken cancellationToken) => wish.Verb switch
    {
        BulkVerb.Archive => await archive.RehearseAsync(name, archive: true, actor, cancellationToken),
        BulkVerb.Unarchive => await archive.RehearseAsync(name, archive: false, actor, cancellationToken),
        BulkVerb.ChangeTier => await tier.RehearseAsync(name, wish.Tier, Reason, actor, cancellationToken),
        BulkVerb.AddOwner => await member.RehearseAsync(name, wish.To ?? "", AccessLevel.Owner, actor, cancellationToken),
        BulkVerb.HandOver => await transfer.RehearseAsync(name, Transfer(wish), actor, cancellationToken),
        BulkVerb.AskOwners => await ask.RehearseAsync(name, actor, cancellationToken),
        _ => await upkeep.RehearseAsync(name, actor, cancellationToken),
    };

    /// <summary>Does it; what it was refused with, or null.</summary>
    internal async Task<Refusal?> ExecuteAsync(BulkWish wish, string name, Actor actor, CancellationToken cancellationToken) => wish.Verb switch
    {
        BulkVerb.Archive => (await archive.ArchiveAsync(name, actor, cancellationToken)).Refusal,
        BulkVerb.Unarchive => (await archive.UnarchiveAsync(name, actor, cancellationToken)).Refusal,
        BulkVerb.ChangeTier => (await tier.ExecuteAsync(name, wish.Tier, Reason, actor, cancellationToken)).Refusal,
        BulkVerb.AddOwner => (await member.ExecuteAsync(name, wish.To ?? "", AccessLevel.Owner, actor, cancellationToken)).Refusal,
        BulkVerb.HandOver => (await transfer.ExecuteAsync(name, Transfer(wish), actor, cancellationToken)).Refusal,
        BulkVerb.AskOwners => (await ask.ExecuteAsync(name, actor, cancellationToken)).Refusal,
        _ => (await upkeep.ExecuteAsync(Upkeep.Backup, name, actor, cancellationToken)).Refusal,
    };

    /// <summary>Whether the repository is as wanted: there is nothing to do, or it was done before the server ended.</summary>
    internal static bool IsDone(BulkWish wish, Repository repository, bool isAsked) => wish.Verb switch
    {
        BulkVerb.Archive => repository.ArchivedAt is not null,
        BulkVerb.Unarchive => repository is { ArchivedAt: null, State: RepositoryState.Ready },
        BulkVerb.ChangeTier => repository.TierId == wish.Tier,
        BulkVerb.AddOwner => Owns(repository, wish.To),
        BulkVerb.HandOver => Owns(repository, wish.To) && !Owns(repository, wish.From),
        BulkVerb.AskOwners => isAsked,
        _ => false,
    };

    /// <summary>What would be done to it, for the preview.</summary>
    internal static string Say(BulkWish wish, Repository repository) => wish.Verb switch
    {
        BulkVerb.Archive => "becomes read-only",
        BulkVerb.Unarchive => "can be committed to again",
        BulkVerb.ChangeTier => $"leaves the tier {repository.Tier.Name}",
        BulkVerb.AddOwner => $"is owned by {wish.To}, too",
        BulkVerb.HandOver => $"is owned by {wish.To}; {wish.From} {(wish.Leave ? "loses their access" : "may still commit")}",
        BulkVerb.AskOwners => "its owners get a mail",
        _ => "is backed up as soon as it is its turn",
    };

    /// <summary>That there is nothing to do.</summary>
    internal static string SayDone(BulkWish wish) => wish.Verb switch
    {
        BulkVerb.Archive => "It is archived already.",
        BulkVerb.Unarchive => "It is in use.",
        BulkVerb.ChangeTier => "It is on that tier already.",
        BulkVerb.AskOwners => "Its owners are asked already.",
        _ => $"{wish.To} owns it already.",
    };

    private static bool Owns(Repository repository, string? user) =>
        repository.Members.Any(owner => owner is { Access: AccessLevel.Owner, EndsAt: null } && owner.User.UserName == user);

    private static Transfer Transfer(BulkWish wish) => new(wish.To, wish.From, wish.Leave);
}
