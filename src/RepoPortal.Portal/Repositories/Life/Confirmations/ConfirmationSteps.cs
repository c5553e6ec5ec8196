namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>How owners are asked: once, twice more, and then so that administrators know. Nothing else happens by itself, ever.</summary>
internal static class ConfirmationSteps
{
    /// <summary>They were asked.</summary>
    internal const int Asked = 1;

    /// <summary>All owners were written to a last time, and administrators were told.</summary>
    internal const int Escalated = 4;

    // Counted from the mail before, so that a server that was down for months, or a clock that jumps, leaves no step out and takes no two at once.
    private static readonly TimeSpan Between = TimeSpan.FromDays(14);

    /// <summary>Whoever was last written to before this moment is written to again.</summary>
    internal static DateTimeOffset DueBefore(DateTimeOffset now) => now - Between;

    /// <summary>When the next mail goes out; null after the last one.</summary>
    internal static DateTimeOffset? Next(Confirmation confirmation) =>
        confirmation is { ToldAt: { } told, IsEscalated: false } ? told + Between : null;
}
