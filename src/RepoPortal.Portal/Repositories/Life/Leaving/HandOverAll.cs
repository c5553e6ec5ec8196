using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Life.Leaving;

/// <summary>Who gets what somebody alone owns.</summary>
/// <param name="Heirs">The new owner's user name for each repository; one that is not named is left without an owner.</param>
/// <param name="Leave">True to end the access that the person who leaves has to them; otherwise they may still write.</param>
/// <param name="Suspend">True to suspend the person afterwards.</param>
internal sealed record HandOver(IReadOnlyDictionary<RepositoryName, string> Heirs, bool Leave, bool Suspend);

/// <summary>
/// Hands over what somebody alone owns, and suspends them, in one step: nothing is done before all of it is known to be possible. Sent again after a crash in
/// the middle, it does the rest.
/// </summary>
internal sealed class HandOverAll(ViewLeaving view, TransferRepository transfer, SetMember member, SuspendUser suspend)
{
    /// <returns>How many repositories have another owner now. A refusal names the field <c>heir-</c> with the repository's name.</returns>
    internal async Task<Outcome<int>> ExecuteAsync(string? name, HandOver wanted, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await view.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var leaving, out var refusal))
            return refusal;
        if (wanted.Suspend && (!actor.IsAdministrator || actor.Name == leaving.Person.Name))
            return Refusal.Forbidden("Another administrator can suspend you.");
        var handed = leaving.Repositories.Where(repository => wanted.Heirs.ContainsKey(repository.Name)).ToList();
        foreach (var repository in handed)
        {
            if (await RehearseAsync(repository, leaving.Person, wanted, actor, cancellationToken) is { } wrong)
                return wrong with { Field = $"heir-{repository.Name}", Sentence = $"{repository.Name}: {wrong.Sentence}" };
        }

        foreach (var repository in handed)
        {
            if (await GiveAsync(repository, leaving.Person, wanted, actor, cancellationToken) is { } wrong)
                return wrong with { Field = $"heir-{repository.Name}", Sentence = $"{repository.Name}: {wrong.Sentence}" };
        }

        if (wanted.Suspend && (await suspend.SuspendAsync(leaving.Person.Name.Value, actor, cancellationToken)).Refusal is { } kept)
            return kept;
        return handed.Count;
    }

    // Whoever owns it through a group keeps what the group has; somebody else owns it beside them.
    private async Task<Refusal?> RehearseAsync(LeftRepository repository, PersonView person, HandOver wanted, Actor actor, CancellationToken cancellationToken)
    {
        var (name, heir) = (repository.Name.Value, wanted.Heirs[repository.Name]);
        return repository.IsOwnGrant
            ? await transfer.RehearseAsync(name, new Transfer(heir, person.Name.Value, wanted.Leave), actor, cancellationToken)
            : await member.RehearseAsync(name, heir, AccessLevel.Owner, actor, cancellationToken);
    }

    private async Task<Refusal?> GiveAsync(LeftRepository repository, PersonView person, HandOver wanted, Actor actor, CancellationToken cancellationToken)
    {
        var (name, heir) = (repository.Name.Value, wanted.Heirs[repository.Name]);
        return repository.IsOwnGrant
            ? (await transfer.ExecuteAsync(name, new Transfer(heir, person.Name.Value, wanted.Leave), actor, cancellationToken)).Refusal
            : (await member.ExecuteAsync(name, heir, AccessLevel.Owner, actor, cancellationToken)).Refusal;
    }
}
