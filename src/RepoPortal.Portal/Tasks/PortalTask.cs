namespace RepoPortal.Portal.Tasks;

/// <summary>What long work is for. Stored as numbers: members are added at the end.</summary>
public enum TaskKind
{
    /// <summary>Bring a backup up to the original.</summary>
    BackUp,

    /// <summary>Verify a backup in full.</summary>
    VerifyBackup,

    /// <summary>Verify the original in full.</summary>
    VerifyOriginal,

    /// <summary>Rehearse a restore.</summary>
    Rehearse,

    /// <summary>Restore a backup as a new repository.</summary>
    Restore,

    /// <summary>Restore a backup in the place of its repository.</summary>
    RestoreInPlace,

    /// <summary>Write a repository into a file that can be taken away.</summary>
    Export,

    /// <summary>Load history into a new repository.</summary>
    Import,

    /// <summary>Do one thing to many repositories.</summary>
    Bulk,

    /// <summary>Look at structure and indexes of a backup.</summary>
    CheckBackup,

    /// <summary>Look at structure and indexes of the original.</summary>
    CheckOriginal,
}

/// <summary>How far long work is.</summary>
public enum TaskState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Is being done.</summary>
    Running,

    /// <summary>Was done.</summary>
    Done,

    /// <summary>Could not be done; <see cref="PortalTask.Sentence"/> says why.</summary>
    Failed,

    /// <summary>Is a preview, and begun only when somebody says so.</summary>
    Drafted,
}

/// <summary>Long work that somebody asked for or the clock is due: a row, so that it goes on after any process died, and can be found again.</summary>
public sealed class PortalTask
{
    /// <summary>For how long a task is kept after it was over.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(60);

    /// <summary>For how long a preview is kept that nobody begins.</summary>
    internal static readonly TimeSpan DraftKeptFor = TimeSpan.FromDays(1);

    /// <summary>In place of a repository, where a task is about many.</summary>
    internal static readonly RepositoryId NoRepository = new(Guid.Empty);

    /// <summary>Its row, and its name at the storage node.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The repository it is about; of a restore, the one that is restored from; of one about many, <see cref="NoRepository"/>.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>How far it is.</summary>
    public TaskState State { get; set; }

    /// <summary>While the task is not over, nobody can ask for another one with the same key; null afterwards.</summary>
    public string? Key { get; set; }

    /// <summary>Who asked for it, by name; "system" for the clock.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Not before this moment: a task that has to wait is put off.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When it was first begun.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What is done at present: "copying".</summary>
    public string Phase { get; set; } = "";

    /// <summary>Revisions done in the present phase; of an import, bytes read.</summary>
    public long Done { get; set; }

    /// <summary>Revisions of the present phase in all, or bytes; null while nobody knows.</summary>
    public long? Total { get; set; }

    /// <summary>When the present phase began.</summary>
    public DateTimeOffset? PhaseStartedAt { get; set; }

    /// <summary>The first estimate of when it would be over that could be made; kept, so that its error is known afterwards.</summary>
    public DateTimeOffset? FirstEstimate { get; set; }

    /// <summary>What came of it, or why it could not be done; null while it is not over.</summary>
    public string? Sentence { get; set; }

    /// <summary>Particulars of the request as JSON; never a secret.</summary>
    public string Parameters { get; init; } = "{}";

    /// <summary>Until when the server that works on it is believed to live; another one goes on with it afterwards.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Whether it is over.</summary>
    internal bool IsOver => State is TaskState.Done or TaskState.Failed;

    /// <summary>Ends it before it was done. Whoever works on it finds out within a second or two, and stops.</summary>
    /// <param name="sentence">Who ended it, and what follows.</param>
    /// <param name="now">When.</param>
    internal void GiveUp(string sentence, DateTimeOffset now)
    {
        (State, Sentence, EndedAt) = (TaskState.Failed, sentence, now);
        (Key, LeaseUntil) = (null, null);
    }
}
