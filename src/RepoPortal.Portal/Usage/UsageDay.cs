namespace RepoPortal.Portal.Usage;

/// <summary>What somebody did with a repository on one day.</summary>
public sealed class UsageDay
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The day in UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The person's user name; <see cref="UserName.AnonymousValue"/> for visitors, all together.</summary>
    public required string User { get; init; }

    /// <summary>Requests that read.</summary>
    public required long Reads { get; set; }

    /// <summary>Requests that write.</summary>
    public required long Writes { get; set; }

    /// <summary>Bytes of answers.</summary>
    public required long BytesSent { get; set; }

    /// <summary>Bytes of request bodies.</summary>
    public required long BytesReceived { get; set; }

    /// <summary>The end of the last request.</summary>
    public required DateTimeOffset LastAt { get; set; }
}
