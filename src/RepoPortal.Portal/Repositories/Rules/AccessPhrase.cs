using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>How rules are put into words on pages and in answers.</summary>
internal static class AccessPhrase
{
    /// <summary>After a subject: "everyone signed in <i>may read it</i>".</summary>
    internal static string May(PathAccess access, string what = "it") => access switch
    {
        PathAccess.Write => $"may read and write {what}",
        PathAccess.Read => $"may read {what}",
        _ => $"may not see {what}",
    };

    /// <summary>Alone: "<i>read and write</i>".</summary>
    internal static string Of(PathAccess access) => access switch
    {
        PathAccess.Write => "read and write",
        PathAccess.Read => "read",
        _ => "no access",
    };

    /// <summary>Whom a rule is about, without the name itself.</summary>
    internal static string Of(RuleSubject who) => who switch
    {
        RuleSubject.OfUser user => user.Name.Value,
        RuleSubject.OfGroup group => $"group {group.Name}",
        _ when who == RuleSubject.SignedIn => "everyone signed in",
        _ => "anyone",
    };
}
