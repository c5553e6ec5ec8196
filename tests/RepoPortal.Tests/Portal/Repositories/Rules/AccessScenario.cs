using System.Collections.Immutable;
using CsCheck;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Tests.Portal.Repositories.Rules;

/// <summary>A repository with people, groups, grants and path rules, made up by chance, without a record.</summary>
internal sealed record AccessScenario(
    Visibility Visibility,
    ImmutableArray<(int Person, AccessLevel Access, bool IsOver)> Grants,
    ImmutableArray<ImmutableArray<int>> Members,
    ImmutableArray<(int Group, AccessLevel Access, bool IsOver)> GroupGrants,
    ImmutableArray<(string Path, int Who, PathAccess Access)> Rules)
{
    private const int GroupCount = 3;

    public static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    /// <summary>Whom grants, groups and rules may name, then somebody whom nothing ever names, then a visitor.</summary>
    public static readonly ImmutableArray<UserName?> Everybody = [.. new[] { "ada", "bob", "carl", "dora", "stranger" }.Select(name => (UserName?)UserName.Parse(name)), null];

    private static readonly int Nameable = Everybody.Length - 2;

    /// <summary>The names a directory may have that something else might give a meaning to.</summary>
    public static readonly ImmutableArray<string> OddNames =
    [
        "trunk", "secret", "a b", " a", "a ", "tab\u00a0", "zoë", "zoe\u0308", "Trunk", "TRUNK", "ﬁ", "日本", "😀", "a:b", ":glob:", "#a", ";a", "a=b", "*", "?", "**", "[a", "{a}", "@a", "~a", "$authenticated", "&a",
        "%20", "%(x)s", "\\", "a\\b", "\"", "'", "<a>", ".a", "...", "groups", "r = rw", "!svn",
    ];

    private static readonly Gen<string> Path = Gen.OneOf(
        Gen.Const("/"),
        Gen.OneOf("a", "b", "ab").Array[1, 3].Select(segments => "/" + string.Join('/', segments)),
        Gen.OneOf(OddNames.ToArray()).Array[1, 2].Select(segments => "/" + string.Join('/', segments)));

    private static readonly Gen<AccessLevel> Level = Gen.OneOf(AccessLevel.Read, AccessLevel.Write, AccessLevel.Owner);

    // People, then groups, then everyone signed in, then anyone.
    private static readonly Gen<(string, int, PathAccess)> Rule =
        Gen.Select(Path, Gen.Int[0, Nameable + GroupCount + 1], Gen.Enum<PathAccess>());

    public static readonly Gen<AccessScenario> Any = Gen.Select(
        Gen.Enum<Visibility>(),
        Gen.Select(Gen.Int[0, Nameable - 1], Level, Gen.Bool).Array[0, 4],
        Gen.Int[0, Nameable - 1].Array[0, 4].Array[GroupCount],
        Gen.Select(Gen.Int[0, GroupCount - 1], Level, Gen.Bool).Array[0, 2],
        Rule.Array[0, 12],
        (visibility, grants, members, groupGrants, rules) => new AccessScenario(
            visibility,
            [.. grants.DistinctBy(grant => grant.Item1)],
            [.. members.Select(some => some.Distinct().ToImmutableArray())],
            [.. groupGrants.DistinctBy(grant => grant.Item1)],
            [.. rules.DistinctBy(rule => (rule.Item1, rule.Item2))]));

    /// <summary>The rules as they would have been parsed.</summary>
    public IEnumerable<PathRule> PathRules() => Rules.Select(rule => new PathRule(Parse(rule.Path), Who(rule.Who), rule.Access));

    public AccessModel Model() => AccessModel.Of(Repository(), PathRules(), Now);

    /// <summary>Every path with a rule, each with something above, below and beside it.</summary>
    public IEnumerable<string> Probes() => Rules.Select(rule => rule.Path).Append("/").Append("/a/b/ab/a").SelectMany(path => new[]
    {
        path, path.TrimEnd('/') + "/below", path.TrimEnd('/') + "x", path[..Math.Max(path.LastIndexOf('/'), 1)],
    }).Where(path => path.StartsWith('/')).Distinct(StringComparer.Ordinal);

    public Repository Repository()
    {
        var users = Everybody.Take(Nameable).Select(name => new User { Id = Guid.NewGuid(), UserName = name!.Value.Value, DisplayName = "" }).ToArray();
        var groups = Members.Select((members, index) => Group(index, members.Select(member => users[member]))).ToArray();
        var id = new RepositoryId(Guid.NewGuid());
        return new Repository
        {
            Id = id,
            Name = RepositoryName.Parse("alpha"),
            Uuid = Guid.NewGuid(),
            Description = "",
            TierId = "standard",
            Visibility = Visibility,
            Layout = RepositoryLayout.Empty,
            State = RepositoryState.Ready,
            CreatedAt = Now,
            Creator = Everybody[0]!.Value,
            Members = [.. Grants.Select(grant => new Membership
            {
                RepositoryId = id, UserId = users[grant.Person].Id, User = users[grant.Person], Access = grant.Access, GrantedAt = Now, GrantedBy = "", EndsAt = End(grant.IsOver),
            })],
            GroupGrants = [.. GroupGrants.Select(grant => new GroupGrant
            {
                RepositoryId = id, GroupId = groups[grant.Group].Id, Group = groups[grant.Group], Access = grant.Access, GrantedAt = Now, GrantedBy = "", EndsAt = End(grant.IsOver),
            })],
            RuleGroups = [.. groups.Select(group => new RuleGroup { RepositoryId = id, GroupId = group.Id, Group = group })],
        };
    }

    /// <summary>What makes a failing case readable.</summary>
    public override string ToString() => $"{Visibility}; {string.Join(", ", Grants)}; {string.Join(", ", Members.Select(members => $"[{string.Join(' ', members)}]"))}; "
        + $"{string.Join(", ", GroupGrants)}\n{string.Join('\n', PathRules())}\n{AccessFileText.Render(Model())}";

    private static DateTimeOffset? End(bool isOver) => isOver ? Now : null;

    private static RulePath Parse(string path) => RulePath.TryParse(path, out var parsed, out var refusal) ? parsed : throw new FormatException(refusal);

    private static RuleSubject Who(int index) => index switch
    {
        _ when index < Nameable => new RuleSubject.OfUser(Everybody[index]!.Value),
        _ when index < Nameable + GroupCount => new RuleSubject.OfGroup(GroupName.Parse($"group{index - Nameable}")),
        _ when index == Nameable + GroupCount => RuleSubject.SignedIn,
        _ => RuleSubject.Anyone,
    };

    private static Group Group(int index, IEnumerable<User> members)
    {
        var id = Guid.NewGuid();
        return new Group
        {
            Id = id,
            Name = GroupName.Parse($"group{index}"),
            Description = "",
            CreatedAt = Now,
            Members = [.. members.Select(user => new GroupMember { GroupId = id, UserId = user.Id, User = user, AddedAt = Now })],
        };
    }
}
