using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Access;

/// <summary>A repository with a thousand path rules and a thousand members: what the stock client's listing takes beside one without, and how soon a change is in force.</summary>
internal static class RulesBenchmark
{
    private const int Members = 1000;
    private const int Rules = 1000;
    private const int Directories = 100;
    private const int Groups = 20;

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var people = await SeededPeople.AddAsync(Path.Combine(server.Data, "portal.db"), Members);
        using var api = new Api(server.Address, people.OwnerToken);
        using var scratch = new Scratch();
        var owner = new SvnClient(scratch.Path, SeededPeople.Owner, people.OwnerToken);
        foreach (var repository in new[] { "ruled", "plain" })
        {
            await api.CreateReadyAsync(repository);
            await people.JoinAsync(repository);
            await owner.RunAsync("import", "-q", Tree(scratch), At(server, repository, "trunk"), "-m", "a tree");
            await api.SendAsync(HttpMethod.Put, $"repositories/{repository}/rules", new { rules = repository == "ruled" ? RuleSet(hidden: 0) : [] });
        }

        await ListAsync(server, scratch, "an owner", owner);
        await ListAsync(server, scratch, "a member from whom some is hidden", new SvnClient(scratch.Path, SeededPeople.Member, people.MemberToken));
        await PropfindAsync(server, people);
        await SaveAsync(server, api, people);
        await ChangeGroupAsync(api, people);
    }

    private static string At(RunningServer server, string repository, string path) => $"http://127.0.0.1:{server.Port}/repos/{repository}/{path}";

    private static string Directory(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number:000}");

    private static string Tree(Scratch scratch)
    {
        var tree = scratch["tree"];
        for (var i = 0; i < Directories; i++)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(tree, Directory(i)));
            File.WriteAllText(Path.Combine(tree, Directory(i), "file.txt"), "one line\n");
        }

        return tree;
    }

    /// <summary>A rule for each of a thousand paths, naming people, and one that hides a directory from the first of them.</summary>
    private static object[] RuleSet(int hidden) =>
    [
        .. Enumerable.Range(1, Rules - 1).Select(number => new
        {
            path = string.Create(CultureInfo.InvariantCulture, $"/trunk/{Directory(number % Directories)}/part{number}"),
            who = string.Create(CultureInfo.InvariantCulture, $"user:member-{number}"),
            access = number % 2 == 0 ? "none" : "read",
        }),
        new { path = $"/trunk/{Directory(hidden)}", who = $"user:{SeededPeople.Member}", access = "none" },
    ];

    private static async Task ListAsync(RunningServer server, Scratch scratch, string who, SvnClient svn)
    {
        foreach (var options in new[] { "", "-v" })
        {
            string[] list = options.Length == 0 ? ["ls"] : ["ls", options];
            var (ruled, plain) = await SideBySide.RunAsync(
                25, () => svn.RunAsync([.. list, At(server, "ruled", "trunk")]), () => svn.RunAsync([.. list, At(server, "plain", "trunk")]), warmUps: 5);
            Report.Write(
                string.Create(CultureInfo.InvariantCulture, $"`svn {string.Join(' ', list)}` of {Directories} entries by {who}, {Rules} rules / none, {Members} members each"),
                $"{Report.Ms(ruled.Median)} / {Report.Ms(plain.Median)}, {Report.Ratio(ruled.Median / plain.Median)}",
                ruled.Median / plain.Median < 1.3,
                "within 1.3");
        }
    }

    private static async Task PropfindAsync(RunningServer server, SeededPeople people)
    {
        using var client = Client(SeededPeople.Member, people.MemberToken);
        var (ruled, plain) = await SideBySide.RunAsync(100, () => FindAsync("ruled"), () => FindAsync("plain"), warmUps: 20);
        Report.Write(
            "the same as PROPFIND over one warm connection",
            $"{Report.Ms(ruled.Median)} / {Report.Ms(plain.Median)}, {Report.Ratio(ruled.Median / plain.Median)}",
            ruled.Median / plain.Median < 1.3,
            "within 1.3");

        async Task FindAsync(string repository)
        {
            using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), At(server, repository, "trunk")) { Headers = { { "Depth", "1" } } };
            using var response = await client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        }
    }

    /// <summary>From the request that saves to the first answer by the new rules, over a connection that was warm before.</summary>
    private static async Task SaveAsync(RunningServer server, Api api, SeededPeople people)
    {
        using var client = Client(SeededPeople.Member, people.MemberToken);
        var (answered, inForce) = (new List<double>(), new List<double>());
        for (var round = 0; round <= 12; round++)
        {
            var address = At(server, "ruled", $"trunk/{Directory(round + 1)}/file.txt");
            if (await StatusAsync(client, address) != HttpStatusCode.OK)
                throw new InvalidOperationException("hidden before it was");
            var start = Stopwatch.GetTimestamp();
            var (status, body) = await api.SendAsync(HttpMethod.Put, "repositories/ruled/rules", new { rules = RuleSet(hidden: round + 1) });
            if (status != HttpStatusCode.OK)
                throw new InvalidOperationException($"{status}: {body}");
            answered.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            while (await StatusAsync(client, address) == HttpStatusCode.OK)
            {
                // Not yet in force.
            }

            inForce.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        // The first is told apart: a server that just started compiles what it runs.
        var (first, saved, decided) = (inForce[0], new Samples(answered.Skip(1)), new Samples(inForce.Skip(1)));
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"saving {Rules} rules in a repository of {Members} members, until answered (/ until a warm connection is decided by them)"),
            $"median {Report.Ms(saved.Median)} (/ {Report.Ms(decided.Median)}), longest {Report.Ms(saved.Percentile(100))} (/ {Report.Ms(decided.Percentile(100))}), the first {Report.Ms(first)}",
            decided.Percentile(100) < 1000,
            "within a second");
    }

    /// <summary>A change of a group of a thousand that twenty repositories grant something: effective in all of them when answered.</summary>
    private static async Task ChangeGroupAsync(Api api, SeededPeople people)
    {
        await api.SendAsync(HttpMethod.Put, "groups/many", new { members = people.Names });
        for (var i = 0; i < Groups; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"grouped-{i}");
            await api.CreateReadyAsync(name);
            await api.SendAsync(HttpMethod.Put, $"repositories/{name}/groups/many", new { access = "read" });
        }

        var taken = new List<double>();
        for (var round = 0; round < 10; round++)
        {
            var members = people.Names.Skip(round % 2);
            taken.Add(await SideBySide.TimeAsync(async () => await api.SendAsync(HttpMethod.Put, "groups/many", new { members })));
        }

        var samples = new Samples(taken);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"taking somebody out of a group of {Members} that {Groups} repositories name, until effective in all"),
            $"median {Report.Ms(samples.Median)}, longest {Report.Ms(samples.Percentile(100))}",
            samples.Percentile(100) < 1000,
            "within a second");
    }

    private static HttpClient Client(string user, string token) => new()
    {
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{token}"))) },
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return response.StatusCode;
    }
}
