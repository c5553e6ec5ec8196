using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Amending;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>Gives a revision another message; the one from before is kept.</summary>
internal sealed class CorrectMessage(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, ViewMessage view, SettleCorrection settle, TimeProvider time, ILogger<CorrectMessage> logger)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="text">The new message.</param>
    /// <param name="seen">The mark of the message that was seen (<see cref="MessageRules.MarkOf"/>); null to correct whatever is there.</param>
    /// <param name="actor">Who corrects it.</param>
    /// <param name="cancellationToken">Ends the work; what was begun at the node is ended all the same.</param>
    internal async Task<Outcome<MessageView>> ExecuteAsync(string name, long revision, string? text, string? seen, Actor actor, CancellationToken cancellationToken)
    {
        var viewed = await view.ExecuteAsync(name, revision, actor, cancellationToken);
        if (!viewed.Succeeded(out var present, out var refusal))
            return refusal;
        if (!present.MayCorrect || actor.Name is not { } by)
            return Refusal.Forbidden("Only whoever committed a revision, and owners of the repository, may correct its message.");
        if (seen is not null && seen != MessageRules.MarkOf(present.Message))
            return Overtaken;
        var message = MessageRules.Normalise(text);
        if (MessageRules.Refuse(message, present.Message) is { } sentence)
            return Refusal.Invalid("message", sentence);
        var begun = await BeginAsync(name, present, message, actor with { Name = by }, cancellationToken);
        if (!begun.Succeeded(out var correction, out refusal))
            return refusal;
        return await EndAsync(correction, by) is { } refused ? refused : await view.ExecuteAsync(name, revision, actor, cancellationToken);
    }

    private static Refusal Overtaken => Refusal.Conflict("The message was changed meanwhile. Read it as it is now, and correct that.", "message");

    private async Task<Outcome<CorrectedMessage>> BeginAsync(string name, MessageView present, string message, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.ArchivedAt is not null)
            return Refusal.Conflict($"'{repository.Name}' is archived: nobody can change it.");
        var correction = new CorrectedMessage
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            RepositoryId = repository.Id,
            Revision = present.Revision,
            At = time.GetUtcNow(),
            UserId = actor.UserId,
            By = actor.Name!.Value,
            Before = present.Message,
            After = message,
        };
        record.Add(correction);
        await record.SaveChangesAsync(cancellationToken);
        return correction;
    }

    // Not ended by whoever asked: what is written on the disk is noted.
    private async Task<Refusal?> EndAsync(CorrectedMessage correction, UserName by)
    {
        try
        {
            var answer = await AskAsync(correction, by);
            await settle.ExecuteAsync(correction.Id, answer.Outcome == AmendmentOutcome.Done, CancellationToken.None);
            return answer.Outcome switch
            {
                AmendmentOutcome.Done => null,
                AmendmentOutcome.Changed => Overtaken,
                AmendmentOutcome.NotThere => Refusal.NotFound("There is no such revision any more."),
                _ => Refusal.Conflict($"A hook of this repository refused it: {answer.Sentence}"),
            };
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            // Whether it was done, the next look at the revision finds out.
            logger.LogWarning(exception, "the message of r{Revision} in {Repository} could not be corrected", correction.Revision, correction.RepositoryId);
            return Refusal.Unavailable("The machine that holds this repository does not answer at the moment. Look at the revision again in a minute.");
        }
    }

    private async Task<AmendmentAnswer> AskAsync(CorrectedMessage correction, UserName by)
    {
        await using var record = await contexts.CreateDbContextAsync(CancellationToken.None);
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Copies).SingleAsync(row => row.Id == correction.RepositoryId);
        return repository.Primary is { } primary
            ? await grains.GetGrain<IAmendmentGrain>(primary.NodeName).CorrectMessage(
                primary.Key, new MessageCorrection(correction.Revision, correction.Before, correction.After), by, CancellationToken.None)
            : new AmendmentAnswer(AmendmentOutcome.NotThere);
    }
}
