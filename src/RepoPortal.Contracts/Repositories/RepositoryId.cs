namespace RepoPortal.Contracts.Repositories;

/// <summary>What a repository is known by for ever, on disk and in the record; names come and go.</summary>
[GenerateSerializer, Immutable]
public readonly record struct RepositoryId([property: Id(0)] Guid Value)
{
    /// <summary>A new id. Version 7, so that rows made one after the other lie side by side in an index.</summary>
    public static RepositoryId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>32 lower-case hexadecimal digits: the form used in stored paths.</summary>
    public override string ToString() => Value.ToString("n");
}
