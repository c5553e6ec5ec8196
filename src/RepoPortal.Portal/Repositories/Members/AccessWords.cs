using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>How access is called on pages.</summary>
internal static class AccessWords
{
    internal static string Of(AccessLevel access) => access switch
    {
        AccessLevel.Read => "reader",
        AccessLevel.Write => "writer",
        AccessLevel.Owner => "owner",
        _ => "no access",
    };

    /// <summary>After "is": <c>an owner</c>.</summary>
    internal static string OneOf(AccessLevel access) => access == AccessLevel.Owner ? "an owner" : $"a {Of(access)}";

    internal static string Means(AccessLevel access) => access switch
    {
        AccessLevel.Read => "check out, update, read the history",
        AccessLevel.Write => "the same, and commit and lock",
        AccessLevel.Owner => "the same, and decide about people and settings",
        _ => "",
    };
}
