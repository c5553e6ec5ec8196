using System.Text.Json;

namespace RepoPortal.Portal.Audit;

/// <summary>A change that somebody made: written in the same save as the change itself, never altered.</summary>
public sealed class AuditEntry
{
    /// <summary>Its place in the order of entries, without gaps; given when it is saved.</summary>
    public long Id { get; internal set; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who, by row; null for an operator or the system.</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>Who, by name at that time.</summary>
    public required string ActorName { get; init; }

    /// <summary>What was done: one of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>To whom or what it was done: a user name, a repository's name, an address.</summary>
    public required string Subject { get; init; }

    /// <summary>The repository it concerns; null when none.</summary>
    public RepositoryId? RepositoryId { get; init; }

    /// <summary>Particulars as a JSON object; never a secret.</summary>
    public required string Detail { get; init; }

    /// <summary>The <see cref="Hash"/> of the entry before; 32 zero bytes for the first.</summary>
    public byte[] PreviousHash { get; internal set; } = [];

    /// <summary>SHA-256 over <see cref="PreviousHash"/> and everything above, so that no entry can be altered, taken out or put in between unseen.</summary>
    public byte[] Hash { get; internal set; } = [];

    /// <summary>Describes a change.</summary>
    internal static AuditEntry Of(
        DateTimeOffset at, Actor actor, string action, string subject, RepositoryId? repository = null, object? detail = null) => new()
        {
            At = ToMicroseconds(at),
            ActorId = actor.UserId,
            ActorName = actor.Label,
            Action = action,
            Subject = subject,
            RepositoryId = repository,
            Detail = JsonSerializer.Serialize(detail ?? new object(), JsonSerializerOptions.Web),
        };

    // PostgreSQL keeps no more, and the hash must come out the same when the entry is read again.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
