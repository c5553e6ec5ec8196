using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Looks at every repository, and proposes another tier for each that has outgrown its own, and to archive each that nobody uses. Each owner gets one mail about it.</summary>
internal sealed class FindDrift(IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Looks at all of them, by name.</summary>
    internal async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var after = "";
        while (await ExecuteAsync(after, cancellationToken) is { } last)
            after = last;
        outbox.Wake();
    }

    private async Task<string?> ExecuteAsync(string after, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        var ready = record.Repositories.AsNoTracking().Where(row => row.State == RepositoryState.Ready).OrderBy(row => row.Name);
        var repositories = await (RepositoryName.TryParse(after, out var name, out _) ? ready.Where(row => RecordFunctions.IsAfter(row.Name, name)) : ready).Take(Batch).ToListAsync(cancellationToken);
        if (repositories.Count == 0)
            return null;
        var ids = repositories.ConvertAll(repository => repository.Id);
        var known = (await record.DriftProposals.AsNoTracking().Where(row => ids.Contains(row.RepositoryId)).ToListAsync(cancellationToken)).ToLookup(row => row.RepositoryId);
        var uses = await MeasureUse.OfAsync(record, repositories, time.GetUtcNow(), cancellationToken);
        var idle = await FindIdle.AmongAsync(record, repositories, time.GetUtcNow(), cancellationToken);
        foreach (var repository in repositories)
        {
            if (IsToBeTold(repository.TierId, uses[repository.Id], idle.Contains(repository.Id), [.. known[repository.Id]], tiers))
                await contexts.UndisturbedAsync(attempt => TellAsync(attempt, repository.Id, uses[repository.Id], cancellationToken), cancellationToken);
        }

        return repositories[^1].Name.Value;
    }

    /// <summary>Whether there is anything to write about a repository: most have nothing, and are not read as a whole.</summary>
    private bool IsToBeTold(string tierId, MeasuredUse use, bool isIdle, List<DriftProposal> known, List<Tier> tiers)
    {
        var tier = tiers.Find(candidate => candidate.Id == tierId);
        return tier is not null && (known.Exists(IsAlive) || DriftRule.NotAnswered(Causes(use, tier, isIdle), use, known.Where(proposal => IsAnswered(proposal, tierId)), time.GetUtcNow()) != DriftCauses.None);
    }

    // What nobody uses needs no stronger promise, however large it is.
    private static DriftCauses Causes(MeasuredUse use, Tier tier, bool isIdle) => isIdle ? DriftCauses.Idle : DriftRule.Exceeded(use, tier);

    private async Task<int> TellAsync(RecordContext record, RepositoryId id, MeasuredUse use, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.WithAccess().SingleAsync(row => row.Id == id, cancellationToken);
        var known = await record.DriftProposals.Where(row => row.RepositoryId == id).ToListAsync(cancellationToken);
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        var (alive, now) = (known.Find(IsAlive), time.GetUtcNow());
        var isIdle = (await FindIdle.AmongAsync(record, [repository], now, cancellationToken)).Contains(id);
        var exceeded = Causes(use, repository.Tier, isIdle);
        if (exceeded == DriftCauses.None || (isIdle ? repository.Tier : DriftRule.Propose(use, repository.Tier, tiers)) is not { } proposed)
        {
            if (alive is not null)
                alive.State = DriftState.Over;
            return await record.SaveChangesAsync(cancellationToken);
        }

        var causes = DriftRule.NotAnswered(exceeded, use, known.Where(proposal => IsAnswered(proposal, repository.TierId)), now);
        // Used again, or no longer: another proposal takes the place of the one that is there, unless that was answered.
        var isOther = alive is not null && alive.IsArchiving != isIdle;
        if (isOther && causes == DriftCauses.None)
        {
            alive!.State = DriftState.Over;
            return await record.SaveChangesAsync(cancellationToken);
        }

        if (!isOther && (alive is { State: DriftState.Open } || alive?.RemindAt > now || (alive is null && causes == DriftCauses.None)))
            return 0;
        var sentence = isIdle ? FindIdle.Say(repository) : DriftRule.Say(repository.Name, use, exceeded, repository.Tier, proposed);
        if (alive is null)
        {
            alive = New(repository, use, exceeded, proposed, sentence, now);
            record.Add(alive);
        }
        else
        {
            (alive.State, alive.RemindAt, alive.FoundAt) = (DriftState.Open, null, now);
            (alive.FromTier, alive.ToTier, alive.Causes, alive.Measured, alive.Sentence) = (repository.TierId, proposed.Id, exceeded, use, sentence);
        }

        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.DriftFound, repository.Name.Value, id, new { from = repository.TierId, to = proposed.Id, said = sentence }));
        foreach (var owner in OwnerRules.Owners(repository, now).Where(owner => owner.Email is not null && owner.IsActive(now)))
            outbox.Add(record, Write(owner.Email!, repository, alive));
        return await record.SaveChangesAsync(cancellationToken);
    }

    private static DriftProposal New(Repository repository, MeasuredUse use, DriftCauses causes, Tier proposed, string sentence, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RepositoryId = repository.Id,
        FromTier = repository.TierId,
        ToTier = proposed.Id,
        Causes = causes,
        Measured = use,
        Sentence = sentence,
        FoundAt = now,
        State = DriftState.Open,
    };

    private static bool IsAlive(DriftProposal proposal) => proposal.State is DriftState.Open or DriftState.Postponed;

    // Taken, and the tier is still the same: an administrator has not approved it, or has declined.
    private static bool IsAnswered(DriftProposal proposal, string tierId) =>
        proposal.State == DriftState.Declined || (proposal.State == DriftState.Accepted && proposal.FromTier == tierId);

    private MailText Write(string to, Repository repository, DriftProposal proposal) => PlainMail.Write(
        to,
        proposal.IsArchiving ? $"{repository.Name} could be archived" : $"{repository.Name} has outgrown its tier",
        proposal.Sentence,
        proposal.IsArchiving
            ? "Nothing changes by itself. On the settings you archive it, say why it is still needed as it is, or have it brought up again in 30 days:"
            : "Nothing changes by itself. On the settings you take the other tier, say that this one is enough, or have it brought up again in 30 days:",
        $"{address.Root}/r/{repository.Name}/settings");
}
