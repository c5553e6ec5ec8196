using System.Net;
using System.Security.Cryptography;
using System.Text;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway.InFlight;

/// <summary>Requests that httpd is working on end with the access of whoever made them.</summary>
[Collection(nameof(HostedRepositories))]
public sealed class CutTests(HostedRepositories hosted) : IAsyncLifetime
{
    // Far more than what fits into the buffers on the way: somebody who does not read keeps httpd from finishing.
    private const int Size = 24 << 20;

    // What is promised is one second; the rest is for a machine that is busy with other tests.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private RepositoryRoute _repository = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _repository = await hosted.CreateAsync(
            Visibility.Private, ("ada", AccessLevel.Owner), ("bob", AccessLevel.Write), ("carol", AccessLevel.Read));
        await hosted.PutAsync(_repository, "/large", Convert.ToHexString(RandomNumberGenerator.GetBytes(Size / 2)));
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("GET")]
    [InlineData("REPORT")]
    public async Task A_long_answer_is_cut_when_its_reader_is_removed_and_another_goes_on(string method)
    {
        using var bob = Begin(method, "bob");
        using var carol = Begin(method, "carol");
        await hosted.Gateway.ChangeAsync(_repository with { People = _repository.People.Remove(UserName.Parse("bob")) });
        await IsCutAsync("bob");
        Assert.InRange(bob.Drain(), 0, Size - 1);
        Assert.True(carol.Drain() >= Size);
    }

    [Fact]
    public async Task A_commit_is_cut_when_its_writer_may_only_read_from_now_on()
    {
        using var client = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        using var begin = new StringContent("( create-txn )", new System.Net.Http.Headers.MediaTypeHeaderValue("application/vnd.svn-skel"));
        using var began = await client.PostAsync($"/repos/{_repository.Name}/!svn/me", begin, Token);
        var transaction = Assert.Single(began.Headers.GetValues("SVN-Txn-Name"));

        using var connection = RawConnection.Open(hosted.Gateway.Http);
        connection.Send(
            $"PUT /repos/{_repository.Name}/!svn/txr/{transaction}/new HTTP/1.1\nHost: h\nAuthorization: {Credentials("bob")}\nContent-Length: {Size}\n\n{new string('x', 1 << 16)}");
        await InFlightAsync("bob");
        await hosted.Gateway.ChangeAsync(_repository with { People = _repository.People.SetItem(UserName.Parse("bob"), AccessLevel.Read) });
        await IsCutAsync("bob");
        Assert.Equal(0, connection.Drain());
    }

    [Fact]
    public async Task Whoever_loses_a_path_is_cut_though_they_may_still_reach_the_repository()
    {
        using var bob = Begin("GET", "bob");
        using var carol = Begin("GET", "carol");
        await hosted.Gateway.ChangeAsync(_repository, new AccessLoss(Anyone: false, SignedIn: false, [UserName.Parse("carol")], []));
        Assert.InRange(carol.Drain(), 0, Size - 1);
        Assert.True(bob.Drain() >= Size);
    }

    [Fact]
    public async Task A_request_under_a_name_from_before_is_cut_like_any_other()
    {
        var alias = _repository with { Name = RepositoryName.Parse($"{_repository.Name}-before") };
        File.CreateSymbolicLink(Path.Combine(hosted.Httpd.Directories.Serve, alias.Name.Value), $"../store/{_repository.Name}");
        hosted.Record.Routes[alias.Name] = alias;
        using var bob = Begin("GET", "bob", name: alias.Name);
        hosted.Record.Routes[alias.Name] = alias with { People = alias.People.Clear(), AccessVersion = 2 };
        await hosted.Gateway.ChangeAsync(_repository with { People = _repository.People.Clear() });
        await IsCutAsync("bob");
        Assert.InRange(bob.Drain(), 0, Size - 1);
    }

    [Fact]
    public async Task A_commit_is_cut_when_the_repository_is_archived_and_a_reader_goes_on()
    {
        using var client = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        using var begin = new StringContent("( create-txn )", new System.Net.Http.Headers.MediaTypeHeaderValue("application/vnd.svn-skel"));
        using var began = await client.PostAsync($"/repos/{_repository.Name}/!svn/me", begin, Token);
        var transaction = Assert.Single(began.Headers.GetValues("SVN-Txn-Name"));
        using var carol = Begin("GET", "carol");

        using var connection = RawConnection.Open(hosted.Gateway.Http);
        connection.Send(
            $"PUT /repos/{_repository.Name}/!svn/txr/{transaction}/new HTTP/1.1\nHost: h\nAuthorization: {Credentials("bob")}\nContent-Length: {Size}\n\n{new string('x', 1 << 16)}");
        await InFlightAsync("bob");
        await hosted.Gateway.ChangeAsync(_repository with { ArchivedAt = TimeProvider.System.GetUtcNow() });
        await IsCutAsync("bob");
        Assert.Equal(0, connection.Drain());
        Assert.True(carol.Drain() >= Size);
    }

    [Fact]
    public async Task Whoever_is_suspended_is_cut_everywhere()
    {
        using var bob = Begin("GET", "bob");
        using var carol = Begin("GET", "carol");
        await hosted.Gateway.SuspendAsync("bob");
        await IsCutAsync("bob");
        Assert.InRange(bob.Drain(), 0, Size - 1);
        Assert.True(carol.Drain() >= Size);
    }

    [Fact]
    public async Task A_visitor_is_cut_when_a_public_repository_becomes_private()
    {
        var repository = _repository with { Anyone = AccessLevel.Read };
        await hosted.Gateway.ChangeAsync(repository);
        using var visitor = Begin("GET", null);
        await hosted.Gateway.ChangeAsync(repository with { Anyone = AccessLevel.None, AccessVersion = 2 });
        await IsCutAsync(null);
        Assert.InRange(visitor.Drain(), 0, Size - 1);
    }

    [Fact]
    public async Task A_request_ends_with_its_token()
    {
        using var bob = Begin("GET", "bob", TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1));
        await IsCutAsync("bob", Promise + TimeSpan.FromSeconds(1));
        Assert.InRange(bob.Drain(), 0, Size - 1);
    }

    [Fact]
    public async Task A_request_ends_with_the_grant_that_let_it_in_and_another_is_decided_again_and_goes_on()
    {
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await hosted.Gateway.ChangeAsync(_repository with { ValidUntil = end });
        using var bob = Begin("GET", "bob");
        using var carol = Begin("GET", "carol");
        // Nobody announces the end: the record simply answers otherwise from then on.
        hosted.Record.Routes[_repository.Name] = _repository with { AccessVersion = 3, People = _repository.People.Remove(UserName.Parse("bob")) };
        await IsCutAsync("bob", Promise + TimeSpan.FromSeconds(1));
        Assert.InRange(bob.Drain(), 0, Size - 1);
        Assert.True(carol.Drain() >= Size);
        using var client = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/repos/{_repository.Name}/large", Token)).StatusCode);
    }

    private RawConnection Begin(string method, string? user, DateTimeOffset? tokenEnds = null, RepositoryName? name = null)
    {
        var connection = RawConnection.Open(hosted.Gateway.Http);
        var authorization = user is null ? "" : $"Authorization: {Credentials(user, tokenEnds)}\n";
        if (method == "GET")
        {
            connection.Send($"GET /repos/{name ?? _repository.Name}/large HTTP/1.1\nHost: h\nConnection: close\n{authorization}\n");
        }
        else
        {
            var report =
                $"""<S:update-report xmlns:S="svn:" send-all="true"><S:src-path>/repos/{_repository.Name}</S:src-path><S:target-revision>1</S:target-revision><S:entry rev="1" start-empty="true"></S:entry></S:update-report>""";
            connection.Send(
                $"REPORT /repos/{_repository.Name}/!svn/me HTTP/1.1\nHost: h\nConnection: close\nContent-Type: text/xml\nContent-Length: {Encoding.UTF8.GetByteCount(report)}\n{authorization}\n{report}");
        }

        Assert.Equal(200, connection.ReceiveHead().Status);
        return connection;
    }

    private string Credentials(string user, DateTimeOffset? tokenEnds = null) =>
        RunningGateway.Basic(user, hosted.Record.AddToken(user, expiresAt: tokenEnds)).ToString();

    private Task InFlightAsync(string user) => Eventually.TrueAsync(() => IsInFlight(user));

    private Task IsCutAsync(string? user, TimeSpan? patience = null) => Eventually.TrueAsync(() => !IsInFlight(user), patience ?? Promise);

    private bool IsInFlight(string? user) =>
        hosted.Gateway.Service<ForwardedRequests>().All.Any(request => request.Route.Copy.Repository == _repository.Copy.Repository && request.User?.Value == user);
}
