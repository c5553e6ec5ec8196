using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules.Why;

/// <summary>Says what somebody may do with a path, and why. Owners and administrators ask for anybody, others for themselves.</summary>
internal sealed class ExplainAccess(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="user">Whose access; null or empty for a visitor without credentials.</param>
    /// <param name="path">The path; it need not exist.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<AccessAnswer>> ExecuteAsync(string name, string? user, string? path, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var mayAskForAnybody = Standing.Of(repository, actor).MayManage;
        if (!mayAskForAnybody && (actor.Name is not { } self || self.Value != user))
            return Refusal.Forbidden("Only an owner of the repository may ask for others; you may ask for yourself.");
        if (RulePath.RefusePath(path, out var asked) is { } sentence)
            return Refusal.Invalid("path", sentence);
        User? person = null;
        if (user is { Length: > 0 } && (!UserName.TryParse(user, out var parsed, out _) || (person = await FindAsync(record, parsed, cancellationToken)) is null))
            return Refusal.NotFound($"There is nobody called '{user}' here.");
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return Refusal.Conflict("The repository is not ready yet.");

        var now = time.GetUtcNow();
        var model = AccessModel.Of(repository, now);
        var answers = await grains.GetGrain<IStorageNodeGrain>(primary.NodeName)
            .CheckAccess(AccessFileText.Render(model), [new AccessQuestion(person?.Name, asked)], cancellationToken);
        if (answers[0] != model.Check(person?.Name, asked))
            throw new InvalidOperationException($"libsvn answers '{answers[0]}' where the rules of {repository.Name} say '{model.Check(person?.Name, asked)}'");
        if (!mayAskForAnybody && answers[0] == PathAccess.None)
            return new AccessAnswer(person?.Name, asked, PathAccess.None, [Withheld]);
        var chain = new ReasonChain(repository, model, person?.Name, now).For(asked);
        return person is not null && Standstill(person, now) is { } stopped
            ? new AccessAnswer(person.Name, asked, PathAccess.None, [stopped, .. chain.Select(reason => reason with { Decides = false })])
            : new AccessAnswer(person?.Name, asked, answers[0], chain);
    }

    /// <summary>Whoever may not see a path does not learn for which of the directories above it that was decided, either.</summary>
    private static Reason Withheld { get; } = new(ReasonKind.Rule, Decides: true, PathAccess.None, "The repository's owners have not opened this path to you; ask them.");

    private static Task<User?> FindAsync(RecordContext record, UserName name, CancellationToken cancellationToken) =>
        record.Users.AsNoTracking().WithName(name).SingleOrDefaultAsync(cancellationToken);

    private static Reason? Standstill(User person, DateTimeOffset now) => person switch
    {
        _ when person.IsActive(now) => null,
        { Status: UserStatus.Disabled } => new Reason(ReasonKind.Person, Decides: true, PathAccess.None, $"{person.Name} is not vouched for by their sign-in provider any more: nothing they were granted counts until they sign in through it again."),
        { Status: UserStatus.Suspended } => new Reason(ReasonKind.Person, Decides: true, PathAccess.None, $"{person.Name} is suspended: nothing they were granted counts until somebody resumes them."),
        _ => new Reason(
            ReasonKind.Person, Decides: true, PathAccess.None, $"The account of {person.Name} ended on {Shell.Format.Date(person.EndsAt!.Value)}: nothing they were granted counts until it is renewed.", Until: person.EndsAt),
    };
}
