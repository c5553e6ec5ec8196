namespace RepoPortal.Portal.People.Tokens;

/// <summary>When a new token ends.</summary>
internal static class TokenEnd
{
    internal const int MostDays = 3650;
    internal const int DefaultDays = 365;

    /// <param name="request">What is wanted.</param>
    /// <param name="used">The token it is made with; null for a session. Without a wish, the new one does not outlive it.</param>
    /// <param name="now">The present moment.</param>
    internal static Outcome<DateTimeOffset> Of(NewToken request, ActingToken? used, DateTimeOffset now)
    {
        if (request.ExpiresAt is { } wanted)
        {
            return wanted > now && wanted <= now.AddDays(MostDays)
                ? wanted.ToUniversalTime()
                : Refusal.Invalid("expiresAt", $"A token ends in the future, at most {MostDays} days from now.");
        }

        if (request.Days is < 1 or > MostDays)
            return Refusal.Invalid("days", $"A token lives 1 to {MostDays} days.");
        if (request.Days is { } days)
            return now.AddDays(days);
        var usual = now.AddDays(DefaultDays);
        return used?.ExpiresAt < usual ? used.ExpiresAt : usual;
    }
}
