namespace RepoPortal.Portal.Repositories.Names;

/// <summary>Finds repositories by any of their names.</summary>
internal static class NameClaims
{
    /// <summary>The repository that is reached by that name, or null.</summary>
    internal static Task<RepositoryId?> FindIdAsync(this RecordContext record, RepositoryName name, CancellationToken cancellationToken) => record.Names
        .Where(claim => claim.Name == name && claim.State != NameState.Released)
        .Select(claim => (RepositoryId?)claim.RepositoryId)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Whose name it is, or was until it is off the disk, and how far the disk has come with it; null for a free one.</summary>
    internal static Task<NameClaim?> FindClaimAsync(this RecordContext record, RepositoryName name, CancellationToken cancellationToken) =>
        record.Names.AsNoTracking().SingleOrDefaultAsync(claim => claim.Name == name, cancellationToken);

    /// <summary>Gives repositories that were made before names had rows of their own theirs. To be called while nothing else writes.</summary>
    internal static Task<int> CompleteAsync(RecordContext record, CancellationToken cancellationToken) => record.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Names" ("Name", "RepositoryId", "State", "Since")
        SELECT "Name", "Id", CASE WHEN "State" = {(int)RepositoryState.Ready} THEN {(int)NameState.Served} ELSE {(int)NameState.Wanted} END, "CreatedAt"
        FROM "Repositories" WHERE NOT EXISTS (SELECT 1 FROM "Names" WHERE "Names"."RepositoryId" = "Repositories"."Id")
        """,
        cancellationToken);
}
