using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>What can be said of a name while it is being typed.</summary>
/// <param name="IsFree">True when a repository could be created with it now.</param>
/// <param name="Sentence">Said beside the field.</param>
public sealed record NameCheck(bool IsFree, string Sentence);

/// <summary>Says whether a name is free. Advice only: the unique index decides when the repository is created.</summary>
internal sealed class CheckName(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<NameCheck> ExecuteAsync(string? name, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(name, out var parsed, out var refusal))
            return new NameCheck(IsFree: false, refusal);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.FindClaimAsync(parsed, cancellationToken) is not null
            ? new NameCheck(IsFree: false, CreateRepository.TakenSentence(parsed))
            : new NameCheck(IsFree: true, $"'{parsed}' is free.");
    }
}
