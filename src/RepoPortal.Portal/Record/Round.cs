namespace RepoPortal.Portal.Record;

/// <summary>When work that one of several servers does now and then was last done.</summary>
public sealed class Round
{
    /// <summary>Which work.</summary>
    public required string Name { get; init; }

    /// <summary>When a server last took it on; also what servers claim it by.</summary>
    public DateTimeOffset BegunAt { get; set; }

    /// <summary>When it was last done; before <see cref="BegunAt"/> while it is under way, or when the server ended in the middle of it.</summary>
    public DateTimeOffset EndedAt { get; set; }
}
