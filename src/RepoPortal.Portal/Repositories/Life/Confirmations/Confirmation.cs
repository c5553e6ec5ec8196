namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>How a repository stands with the yearly question whether it is still needed, on the right tier and with the right people. There is no row before it is first asked or answered.</summary>
public sealed class Confirmation
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>When an owner last said yes; null before the first time, when its creation counts.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Who did, as the audit names them.</summary>
    public string? ConfirmedBy { get; set; }

    /// <summary>Since when the owners are asked; null while they are not.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>When they were last written to about it.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>How often they were: <see cref="ConfirmationSteps"/> says what each time is.</summary>
    public int Times { get; set; }

    /// <summary>The row's concurrency token: of two servers one asks.</summary>
    public long Version { get; set; }

    /// <summary>Whether administrators were told that no owner answers.</summary>
    public bool IsEscalated => Times >= ConfirmationSteps.Escalated;

    /// <summary>The owners are asked from now on.</summary>
    internal void Ask(DateTimeOffset now)
    {
        (AskedAt, ToldAt, Times) = (now, now, ConfirmationSteps.Asked);
        Version++;
    }

    /// <summary>They are written to once more.</summary>
    internal void Remind(DateTimeOffset now)
    {
        (ToldAt, Times) = (now, Times + 1);
        Version++;
    }

    /// <summary>Somebody said yes.</summary>
    internal void Confirm(string by, DateTimeOffset now)
    {
        (ConfirmedAt, ConfirmedBy) = (now, by);
        (AskedAt, ToldAt, Times) = (null, null, 0);
        Version++;
    }
}
