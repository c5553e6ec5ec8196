using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>A correction as somebody may know it.</summary>
/// <param name="By">Who corrected the message.</param>
/// <param name="At">When.</param>
/// <param name="Before">The message from before; null for those who do not own the repository: it may have been corrected because of what it said.</param>
internal sealed record CorrectionView(UserName By, DateTimeOffset At, string? Before);

/// <summary>A revision's message as somebody may know it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Author">Who committed it; null when that is not known.</param>
/// <param name="Message">The message.</param>
/// <param name="MayCorrect">Whether they may correct it.</param>
/// <param name="Corrections">What became of it, the youngest correction first.</param>
internal sealed record MessageView(long Revision, string? Author, string Message, bool MayCorrect, IReadOnlyList<CorrectionView> Corrections);

/// <summary>Shows the message of a revision and what became of it.</summary>
internal sealed class ViewMessage(IDbContextFactory<RecordContext> contexts, AskHistory history, ListCorrections list)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<MessageView>> ExecuteAsync(string name, long revision, Actor actor, CancellationToken cancellationToken)
    {
        var asked = await history.ExecuteAsync(name, actor, (grain, copy, reader) => grain.ReadRevision(copy, revision, 0, 1, reader, cancellationToken), cancellationToken);
        if (!asked.Succeeded(out var answer, out var refusal))
            return refusal;
        if (answer.Value is not { Commit: { Visibility: not RevisionVisibility.None } commit })
            return Refusal.NotFound("There is no such revision, or nothing of it is open to you.");
        if (commit.Message is not { } message)
            return Refusal.Forbidden("The message is not open to you: the revision also changed paths that you may not see.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out refusal))
            return refusal;
        var access = Standing.Of(repository, actor).Access;
        return new MessageView(
            revision, commit.Author, message, MayCorrect(commit, access, actor),
            await list.ExecuteAsync(repository.Id, commit, access == AccessLevel.Owner, cancellationToken));
    }

    /// <summary>Owners may, and whoever committed it as long as they may commit.</summary>
    internal static bool MayCorrect(CommitHeader commit, AccessLevel access, Actor actor) =>
        actor.Name is { } name && commit is { Message: not null, Revision: > 0 }
        && (access == AccessLevel.Owner || (access >= AccessLevel.Write && commit.Author == name.Value));
}
