using System.Collections.Immutable;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Decisions;

namespace RepoPortal.Tests.Gateway.Decisions;

public sealed class AccessDecisionTests
{
    private static readonly UserName Ada = UserName.Parse("ada");

    [Theory]
    [InlineData(Visibility.Private, null, RequestedAccess.Read, 401)]
    [InlineData(Visibility.Internal, null, RequestedAccess.Read, 401)]
    [InlineData(Visibility.Public, null, RequestedAccess.Read, 0)]
    [InlineData(Visibility.Public, null, RequestedAccess.Write, 401)]
    [InlineData(Visibility.Private, AccessLevel.None, RequestedAccess.Read, 404)]
    [InlineData(Visibility.Private, AccessLevel.None, RequestedAccess.Write, 404)]
    [InlineData(Visibility.Internal, AccessLevel.None, RequestedAccess.Read, 0)]
    [InlineData(Visibility.Internal, AccessLevel.None, RequestedAccess.Write, 403)]
    [InlineData(Visibility.Public, AccessLevel.None, RequestedAccess.Write, 403)]
    [InlineData(Visibility.Private, AccessLevel.Read, RequestedAccess.Read, 0)]
    [InlineData(Visibility.Private, AccessLevel.Read, RequestedAccess.Write, 403)]
    [InlineData(Visibility.Private, AccessLevel.Write, RequestedAccess.Write, 0)]
    [InlineData(Visibility.Private, AccessLevel.Owner, RequestedAccess.Write, 0)]
    internal void Decides_by_visibility_membership_and_method(Visibility visibility, AccessLevel? member, RequestedAccess access, int status) =>
        Assert.Equal(status, AccessDecision.Decide(Route(visibility, member), member is null ? null : Token(), access)?.Status ?? 0);

    [Fact]
    public void A_read_only_token_does_not_write_whoever_holds_it()
    {
        Assert.Equal(403, AccessDecision.Decide(Route(Visibility.Private, AccessLevel.Owner), Token(readOnly: true), RequestedAccess.Write)?.Status);
        Assert.Null(AccessDecision.Decide(Route(Visibility.Private, AccessLevel.Owner), Token(readOnly: true), RequestedAccess.Read));
    }

    [Fact]
    public void A_token_for_named_repositories_does_not_even_show_that_there_are_others()
    {
        var route = Route(Visibility.Public, AccessLevel.Owner);
        Assert.Null(AccessDecision.Decide(route, Token() with { Repositories = [route.Copy.Repository] }, RequestedAccess.Write));
        var elsewhere = Token() with { Repositories = [new RepositoryId(Guid.NewGuid())] };
        foreach (var access in Enum.GetValues<RequestedAccess>())
            Assert.Equal(AccessDecision.Decide(null, Token(), access), AccessDecision.Decide(route, elsewhere, access));
    }

    [Fact]
    public void What_is_not_there_and_what_is_not_yours_look_alike()
    {
        var theirs = Route(Visibility.Private, AccessLevel.None);
        foreach (var who in new[] { null, Token(), Token(readOnly: true) })
        {
            foreach (var access in Enum.GetValues<RequestedAccess>())
                Assert.Equal(AccessDecision.Decide(null, who, access), AccessDecision.Decide(theirs, who, access));
        }
    }

    [Fact]
    public void Only_who_may_read_learns_that_a_repository_is_not_ready()
    {
        foreach (var state in new[] { RepositoryState.Provisioning, RepositoryState.Failed })
        {
            Assert.Equal(503, AccessDecision.Decide(Route(Visibility.Private, AccessLevel.Read, state), Token(), RequestedAccess.Read)?.Status);
            Assert.Equal(404, AccessDecision.Decide(Route(Visibility.Private, AccessLevel.None, state), Token(), RequestedAccess.Read)?.Status);
            Assert.Equal(401, AccessDecision.Decide(Route(Visibility.Private, AccessLevel.None, state), null, RequestedAccess.Read)?.Status);
        }
    }

    [Fact]
    public void Nobody_writes_into_an_archived_repository_and_only_who_could_learns_why()
    {
        var archived = Route(Visibility.Private, AccessLevel.Owner) with { ArchivedAt = new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.FromHours(-5)) };
        Assert.Null(AccessDecision.Decide(archived, Token(), RequestedAccess.Read));
        var refused = AccessDecision.Decide(archived, Token(), RequestedAccess.Write);
        Assert.Equal((403, $"'{archived.Name}' is archived and read-only since 2026-03-02; its owners can take it back into use."), (refused?.Status, refused?.Sentence));
        var reader = Route(Visibility.Private, AccessLevel.Read);
        Assert.Equal(
            AccessDecision.Decide(reader, Token(), RequestedAccess.Write),
            AccessDecision.Decide(reader with { ArchivedAt = archived.ArchivedAt }, Token(), RequestedAccess.Write));
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("PATCH")]
    [InlineData("get")]
    [InlineData("")]
    public void Knows_no_other_methods(string method) => Assert.False(DavMethods.TryClassify(method, out _));

    private static TokenHolder Token(bool readOnly = false) => new(Guid.NewGuid(), Ada, readOnly, null);

    private static RepositoryRoute Route(Visibility visibility, AccessLevel? member, RepositoryState state = RepositoryState.Ready)
    {
        var members = ImmutableDictionary<UserName, AccessLevel>.Empty;
        if (member is { } level and not AccessLevel.None)
            members = members.Add(Ada, level);
        return new RepositoryRoute(
            RepositoryName.Parse("mine"),
            new RepositoryCopy(new RepositoryId(Guid.NewGuid()), 1),
            "node-1",
            state,
            AccessVersion: 1,
            Anyone: visibility == Visibility.Public ? AccessLevel.Read : AccessLevel.None,
            SignedIn: visibility == Visibility.Private ? AccessLevel.None : AccessLevel.Read,
            People: members);
    }
}
