using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules.Why;

/// <summary>What sort of thing speaks for or against somebody's access.</summary>
public enum ReasonKind
{
    /// <summary>The person: suspended, or ended.</summary>
    Person,

    /// <summary>A path rule.</summary>
    Rule,

    /// <summary>A grant, to the person or to a group they are in.</summary>
    Grant,

    /// <summary>Who may read the repository without being granted anything.</summary>
    Visibility,
}

/// <summary>A link of the chain that ends in an answer.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Decides">True for the one that the answer comes from; the others would say it if it were not there.</param>
/// <param name="Access">What it says.</param>
/// <param name="Sentence">All of it for people.</param>
/// <param name="Path">The path of a rule; null for others.</param>
/// <param name="Who">Whom a rule or grant names, as in the API; null for others.</param>
/// <param name="Until">When a grant ends; null when it does not.</param>
public sealed record Reason(
    ReasonKind Kind, bool Decides, PathAccess Access, string Sentence, string? Path = null, string? Who = null, DateTimeOffset? Until = null);

/// <summary>What somebody may do with a path, and why.</summary>
/// <param name="User">Who; null for a visitor.</param>
/// <param name="Path">The path.</param>
/// <param name="Access">The answer.</param>
/// <param name="Because">The chain, what decides first.</param>
public sealed record AccessAnswer(UserName? User, string Path, PathAccess Access, IReadOnlyList<Reason> Because);
