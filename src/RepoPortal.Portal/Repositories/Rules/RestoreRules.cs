namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Returns to an earlier version of the path rules, as a new version that passes the same checks.</summary>
internal sealed class RestoreRules(IDbContextFactory<RecordContext> contexts, SaveRules save)
{
    internal async Task<Outcome<SavedRules>> ExecuteAsync(string name, int version, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "decide about its path rules", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var earlier = await record.RuleSets.AsNoTracking().SingleOrDefaultAsync(set => set.RepositoryId == repository.Id && set.Version == version, cancellationToken);
        if (earlier is null)
            return Refusal.NotFound($"There is no version {version} of the path rules.");
        return await save.ExecuteAsync(
            name, new WantedRules([.. RuleDocument.Read(earlier.Rules).Select(RuleDocument.Written)], repository.RulesVersion), actor, cancellationToken);
    }
}
