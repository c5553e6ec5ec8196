namespace RepoPortal.Portal.People.Groups;

/// <summary>Shows one group, and where it is used.</summary>
internal sealed class ViewGroup(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<Outcome<GroupView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.Groups.AsNoTrackingWithIdentityResolution().FindVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var group, out var refusal))
            return refusal;
        var (uses, _) = await GroupUse.FindAsync(record, group, actor, cancellationToken);
        return GroupView.Of(group, uses, actor);
    }
}
