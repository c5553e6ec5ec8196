namespace RepoPortal.Portal.Audit;

/// <summary>When a change of access had reached every gateway and the storage node.</summary>
public sealed class AuditEffect
{
    /// <summary>The entry that tells of the change.</summary>
    public required long EntryId { get; init; }

    /// <summary>When no request was decided by the state before it any more.</summary>
    public required DateTimeOffset At { get; init; }
}
