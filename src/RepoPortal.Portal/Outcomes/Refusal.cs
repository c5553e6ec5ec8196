namespace RepoPortal.Portal.Outcomes;

/// <summary>Why a use case did not do what was asked; decides the HTTP status in one place (<see cref="Rest.Problems"/>).</summary>
public enum RefusalKind
{
    /// <summary>What was typed cannot be taken as it is.</summary>
    Invalid,

    /// <summary>It is not there, or the one who asks may not know that it is.</summary>
    NotFound,

    /// <summary>The one who asks may see it but not do this.</summary>
    Forbidden,

    /// <summary>It collides with how things are at this moment.</summary>
    Conflict,

    /// <summary>It was there, and is over for good: an invitation that was used, revoked or has expired.</summary>
    Gone,

    /// <summary>Nothing is wrong with it, and a part of the installation that it needs does not answer: the same may succeed later.</summary>
    Unavailable,
}

/// <summary>A use case saying no, in a sentence fit for the person who asked.</summary>
/// <param name="Kind">What sort of no.</param>
/// <param name="Sentence">What is wrong and what is allowed; plain text, which may hold what somebody typed.</param>
/// <param name="Field">The field of the request it is about, in camelCase as in JSON; null when it is about no single field.</param>
public sealed record Refusal(RefusalKind Kind, string Sentence, string? Field = null)
{
    internal static Refusal Invalid(string field, string sentence) => new(RefusalKind.Invalid, sentence, field);

    internal static Refusal NotFound(string sentence) => new(RefusalKind.NotFound, sentence);

    internal static Refusal Forbidden(string sentence) => new(RefusalKind.Forbidden, sentence);

    internal static Refusal Unavailable(string sentence) => new(RefusalKind.Unavailable, sentence);

    internal static Refusal Conflict(string sentence, string? field = null) => new(RefusalKind.Conflict, sentence, field);

    internal static Refusal Gone(string sentence) => new(RefusalKind.Gone, sentence);
}
