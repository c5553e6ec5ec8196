namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>What several use cases ask the record about confirmations.</summary>
internal static class ConfirmationQueries
{
    /// <summary>The repositories whose owners are asked: what is archived or in the trash is not asked about.</summary>
    internal static IQueryable<Confirmation> OpenConfirmations(this RecordContext record) => record.Confirmations
        .Where(confirmation => confirmation.AskedAt != null)
        .Where(confirmation => record.Repositories.Any(row => row.Id == confirmation.RepositoryId && row.State == RepositoryState.Ready && row.ArchivedAt == null));

    /// <summary>The row of a repository, made when there is none yet; tracked.</summary>
    internal static async Task<Confirmation> ConfirmationAsync(this RecordContext record, RepositoryId repository, CancellationToken cancellationToken)
    {
        if (await record.Confirmations.SingleOrDefaultAsync(row => row.RepositoryId == repository, cancellationToken) is { } confirmation)
            return confirmation;
        confirmation = new Confirmation { RepositoryId = repository };
        record.Add(confirmation);
        return confirmation;
    }

    /// <summary>A refusal when there is nothing to be asked about a repository.</summary>
    internal static Refusal? RefuseAsking(Repository repository) => repository switch
    {
        { State: not RepositoryState.Ready } => Refusal.Conflict("Only a repository that was made can be confirmed."),
        { ArchivedAt: not null } => Refusal.Conflict($"'{repository.Name}' is archived, and not asked about."),
        _ => null,
    };
}
