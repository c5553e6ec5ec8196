using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Whom a path rule is about, from the closest to the widest: a person, a group, everyone signed in, anyone at all.</summary>
/// <remarks>Written <c>user:carl</c>, <c>group:staff</c>, <c>signed-in</c>, <c>anyone</c>.</remarks>
public abstract record RuleSubject
{
    internal const string UserPrefix = "user:";
    internal const string GroupPrefix = "group:";

    /// <summary>Everyone with an account, and programs with a token.</summary>
    internal static readonly RuleSubject SignedIn = new Everyone("signed-in");

    /// <summary>Everyone signed in, and visitors without credentials.</summary>
    internal static readonly RuleSubject Anyone = new Everyone("anyone");

    private RuleSubject()
    {
    }

    /// <summary>Reads the written form.</summary>
    internal static bool TryParse(string? text, [NotNullWhen(true)] out RuleSubject? subject, [NotNullWhen(false)] out string? refusal)
    {
        (subject, refusal) = text switch
        {
            _ when text == SignedIn.ToString() => (SignedIn, null),
            _ when text == Anyone.ToString() => (Anyone, null),
            not null when text.StartsWith(UserPrefix, StringComparison.Ordinal) =>
                UserName.TryParse(text[UserPrefix.Length..], out var user, out var wrong) ? (new OfUser(user), null) : ((RuleSubject?)null, wrong),
            not null when text.StartsWith(GroupPrefix, StringComparison.Ordinal) =>
                GroupName.TryParse(text[GroupPrefix.Length..], out var group, out var wrong) ? (new OfGroup(group), null) : ((RuleSubject?)null, wrong),
            _ => (null, "Say who: 'user:NAME', 'group:NAME', 'signed-in' or 'anyone'."),
        };
        return subject is not null;
    }

    /// <summary>One person.</summary>
    internal sealed record OfUser(UserName Name) : RuleSubject
    {
        public override string ToString() => UserPrefix + Name.Value;
    }

    /// <summary>Whoever is in a group.</summary>
    internal sealed record OfGroup(GroupName Name) : RuleSubject
    {
        public override string ToString() => GroupPrefix + Name.Value;
    }

    private sealed record Everyone(string Word) : RuleSubject
    {
        public override string ToString() => Word;
    }
}
