using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>Finds out whether somebody who was let in would be let in still: asked by what goes on for longer than a request usually does.</summary>
internal sealed class StillLetIn(IDbContextFactory<RecordContext> contexts, FindToken find, TimeProvider time)
{
    /// <param name="actor">Who was let in. Nobody in particular always is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<bool> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } id)
            return true;
        if (actor.Token is { } acting)
            return await find.ExecuteAsync(acting, cancellationToken) is { } token && token.ExpiresAt > time.GetUtcNow() && token.User.IsActive(time.GetUtcNow());
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is { } person && person.IsActive(time.GetUtcNow());
    }
}
