namespace RepoPortal.Portal.People.Account;

/// <summary>Shows one's own account.</summary>
internal sealed class ViewProfile(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<PersonView> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return PersonView.Of(await record.Users.AsNoTracking().SingleAsync(user => user.Id == actor.UserId, cancellationToken));
    }
}
