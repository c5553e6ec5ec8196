namespace RepoPortal.Portal.People.Tokens;

/// <summary>A token never makes one that may do more than itself: otherwise whoever finds a weak one has a strong one.</summary>
internal static class TokenPower
{
    /// <param name="request">What is wanted. That its repositories are among those of <paramref name="used"/> is seen when they are looked up.</param>
    /// <param name="end">When it is to end.</param>
    /// <param name="used">The token it is made with; null for a session.</param>
    internal static Refusal? RefuseMore(NewToken request, DateTimeOffset end, ActingToken? used)
    {
        if (used is null)
            return null;
        if (used.ReadOnly && !request.ReadOnly)
            return Refusal.Forbidden("A token that may only read does not make one that may write.");
        if (used.Repositories is not null && request.Repositories is not { Count: > 0 })
            return Refusal.Forbidden("A token for named repositories does not make one for all; name the repositories.");
        return end > used.ExpiresAt ? Refusal.Forbidden("A token does not make one that outlives it.") : null;
    }
}
