namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>
/// A correction of a revision's message, with the text that was there before. It is noted before the repository is changed, so that no text is lost when the server ends
/// in between.
/// </summary>
public sealed class CorrectedMessage
{
    /// <summary>Its identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The revision.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who corrected it, by row.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>Who corrected it, by name at that time.</summary>
    public required UserName By { get; init; }

    /// <summary>The message that was there.</summary>
    public required string Before { get; init; }

    /// <summary>The message that took its place.</summary>
    public required string After { get; init; }

    /// <summary>Since when the repository has it; null while that is not known.</summary>
    public DateTimeOffset? EffectiveAt { get; internal set; }
}
