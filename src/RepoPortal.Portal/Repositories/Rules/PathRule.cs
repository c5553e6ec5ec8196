using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>What somebody may do with a path and everything below it, until a rule further down says otherwise.</summary>
/// <param name="Path">The path.</param>
/// <param name="Who">Whom it is about.</param>
/// <param name="Access">What they may do.</param>
public sealed record PathRule(RulePath Path, RuleSubject Who, PathAccess Access);
