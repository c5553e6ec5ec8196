namespace RepoPortal.Portal.People.Sessions;

/// <summary>A browser in which somebody is signed in. The cookie carries its id; without its row the cookie is worth nothing.</summary>
public sealed class UserSession
{
    /// <summary>The longest description of a browser that is kept, in characters.</summary>
    public const int MaxBrowserLength = 200;

    /// <summary>How long a session that nobody uses stays open.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How long it is kept after it was last used.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Its row, and what the cookie carries.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who is signed in.</summary>
    public required Guid UserId { get; init; }

    /// <summary>How they signed in: <c>password</c>, <c>passkey</c>, or the key of a provider.</summary>
    public required string Method { get; init; }

    /// <summary>The address they signed in from.</summary>
    public required string Address { get; init; }

    /// <summary>What the browser calls itself, cut.</summary>
    public required string Browser { get; init; }

    /// <summary>When they signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the session was last used, to a few minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it was ended; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
