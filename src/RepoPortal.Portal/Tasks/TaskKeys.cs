namespace RepoPortal.Portal.Tasks;

/// <summary>Makes tasks; a key keeps two of a kind from going on at once where that makes no sense.</summary>
internal static class TaskKeys
{
    /// <summary>A task with the one key of its kind and repository.</summary>
    internal static PortalTask NewTask(TaskKind kind, RepositoryId repository, Actor actor, DateTimeOffset now, string? parameters = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        RepositoryId = repository,
        Key = $"{Spelling.Of(kind)}:{repository}",
        RequestedBy = actor.Label,
        RequestedAt = now,
        DueAt = now,
        Parameters = parameters ?? "{}",
    };
}
