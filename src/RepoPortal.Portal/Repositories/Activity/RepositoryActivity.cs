namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>A week of a repository.</summary>
/// <param name="Begin">Its Monday, in UTC.</param>
/// <param name="Commits">How many commits it had.</param>
/// <param name="AddedBytes">What they added to the store.</param>
/// <param name="SizeBytes">What the store had at its end, by what commits added.</param>
internal sealed record ActivityWeek(DateOnly Begin, long Commits, long AddedBytes, long SizeBytes);

/// <summary>What somebody, or what happened in some directory, has of the commits.</summary>
/// <param name="Name">The author or the directory.</param>
/// <param name="Commits">How many commits.</param>
/// <param name="LastAt">The date of the last one; null when it has none.</param>
public sealed record ActivityShare(string Name, long Commits, DateTimeOffset? LastAt);

/// <summary>What went on in a repository, as one reader may know it.</summary>
/// <param name="Commits">How many commits.</param>
/// <param name="Weeks">Every week from the first commit on, also those without any, the oldest first.</param>
/// <param name="Authors">Who made them, whoever made most first.</param>
/// <param name="Directories">Where, two levels deep, the busiest first.</param>
/// <param name="ShowsSize">False when the reader may not see everything, and so not how large it is.</param>
/// <param name="ReviewedFrom">Of a repository of which the reader may see a part: the oldest revision that was looked at. Null when all were.</param>
internal sealed record RepositoryActivity(
    long Commits, IReadOnlyList<ActivityWeek> Weeks, IReadOnlyList<ActivityShare> Authors, IReadOnlyList<ActivityShare> Directories, bool ShowsSize, long? ReviewedFrom);
