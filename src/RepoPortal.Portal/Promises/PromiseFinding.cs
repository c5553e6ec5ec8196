namespace RepoPortal.Portal.Promises;

/// <summary>Something that was measured, and what it says about the promise.</summary>
/// <param name="About">What was promised.</param>
/// <param name="State">What it says.</param>
/// <param name="Sentence">What was measured, in a sentence.</param>
public sealed record PromiseFinding(PromiseSubject About, PromiseState State, string Sentence)
{
    // Every sentence that gives a reason gives it behind this.
    private const string Reason = ": ";

    /// <summary>The same without its reason, which may name directories of the server: for those who do not manage the repository.</summary>
    internal PromiseFinding WithoutReason() =>
        Sentence.IndexOf(Reason, StringComparison.Ordinal) is >= 0 and var end ? this with { Sentence = Sentence[..end] + "." } : this;
}

/// <summary>What a promise is about.</summary>
public enum PromiseSubject
{
    /// <summary>How many commits may be lost.</summary>
    CommitsAtRisk,

    /// <summary>How long it takes until it is back.</summary>
    BackInService,

    /// <summary>The copies beside the backup.</summary>
    Copies,

    /// <summary>That backups are made.</summary>
    Backup,

    /// <summary>That they are read.</summary>
    Verification,

    /// <summary>That restores are rehearsed.</summary>
    Rehearsal,

    /// <summary>That the repository itself is whole.</summary>
    Original,

    /// <summary>That the record is backed up with the repositories.</summary>
    Record,
}
