using RepoPortal.Contracts.Search;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>
/// Takes the next step of indexing a repository: some messages, or some of the files that differ from those indexed before. Each step is bounded, ends in one transaction that
/// says how far it led, and may be taken twice.
/// </summary>
internal sealed class IndexRepository(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, ISearchIndex index)
{
    private const int MessagesPerStep = 200;

    /// <returns>False when there is nothing more to do.</returns>
    internal async Task<bool> TakeStepAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Copies).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (repository is null)
        {
            await index.RemoveAsync(id, cancellationToken);
            return false;
        }

        // One in the trash keeps its index: it may be taken back.
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return false;
        var source = grains.GetGrain<ISearchSourceGrain>(primary.NodeName);
        var head = await source.ReadHead(primary.Key, cancellationToken);
        var found = await index.ReadStateAsync(id, cancellationToken);
        var isOf = found is not null && found.Generation == primary.Generation && found.Messages <= head.Youngest && found.Target <= head.Youngest;
        var state = isOf ? found! : IndexState.Beginning(primary.Generation, head.Directory, found?.Steps ?? 0);
        if (isOf && state.IsUpTo(head.Youngest))
            return false;
        var step = state.Messages < head.Youngest
            ? await ReadMessagesAsync(source, primary.Key, state, cancellationToken)
            : await ReadFilesAsync(source, primary.Key, state, head, cancellationToken);
        step = step with
        {
            From = found,
            To = step.To with { Steps = state.Steps + 1 },
            // What was replaced has other files and other messages under the same numbers.
            ForgetsFiles = step.ForgetsFiles || !isOf,
            ForgetsMessages = !isOf,
        };
        // Whoever was faster has taken a step on the same way.
        await index.WriteAsync(id, step, cancellationToken);
        return !step.To.IsUpTo(head.Youngest);
    }

    /// <summary>Indexes the message of a revision once more, after somebody corrected it. One that is not indexed yet will be as it is then.</summary>
    internal async Task RenewMessageAsync(RepositoryCopy copy, string node, long revision, CancellationToken cancellationToken)
    {
        var source = grains.GetGrain<ISearchSourceGrain>(node);
        while (await index.ReadStateAsync(copy.Repository, cancellationToken) is { } state && state.Generation == copy.Generation && state.Messages >= revision)
        {
            // Read anew in each attempt: whoever was faster may have indexed a later correction.
            var messages = await source.ReadMessages(copy, revision, 1, cancellationToken);
            var step = new IndexStep(state, state with { Steps = state.Steps + 1 }) { Messages = [.. messages.Select(message => (message.Revision, Word.Distinct(message.Text)))] };
            if (await index.WriteAsync(copy.Repository, step, cancellationToken))
                return;
        }
    }

    private static async Task<IndexStep> ReadMessagesAsync(ISearchSourceGrain source, RepositoryCopy copy, IndexState state, CancellationToken cancellationToken)
    {
        var messages = await source.ReadMessages(copy, state.Messages + 1, MessagesPerStep, cancellationToken);
        return new IndexStep(null, state with { Messages = messages.IsEmpty ? state.Messages : messages[^1].Revision })
        {
            Messages = [.. messages.Where(message => message.Text.Length > 0).Select(message => (message.Revision, Word.Distinct(message.Text)))],
        };
    }

    private static async Task<IndexStep> ReadFilesAsync(
        ISearchSourceGrain source, RepositoryCopy copy, IndexState state, SearchHead head, CancellationToken cancellationToken)
    {
        var forgets = false;
        if (state.Target == state.Tree)
        {
            // A trunk that came or went: other files than before.
            forgets = state.Directory != head.Directory;
            state = state with { Directory = head.Directory, Tree = forgets ? 0 : state.Tree, Target = head.Youngest, After = null };
        }

        var piece = await source.ListChangedFiles(copy, state.Directory, state.Tree, state.Target, state.After, cancellationToken);
        return new IndexStep(null, piece.Last is { } last ? state with { After = last } : state with { Tree = state.Target, After = null })
        {
            ForgetsFiles = forgets,
            Files = [.. piece.Files.Select(file => (file.Path, file.IsThere ? WordsOf(file) : null))],
        };
    }

    private static IReadOnlyCollection<string> WordsOf(ChangedFile file)
    {
        var text = file.Content is { } content ? FileText.Decode(content, isWhole: true, file.MediaType) : null;
        return Word.Distinct(file.Path, text?.Text ?? "");
    }
}
