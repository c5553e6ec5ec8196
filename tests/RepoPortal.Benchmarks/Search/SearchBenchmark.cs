using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Search;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Search;

/// <summary>The real history: how long it takes to be indexed, and what a page of a search costs from the query to what is shown.</summary>
internal static class SearchBenchmark
{
    private const string Name = "searched";
    private const int Rounds = 30;

    private static readonly (string Query, SearchPlace Place)[] Searches =
    [
        ("svn_fs_open", SearchPlace.Contents), ("apr", SearchPlace.Contents), ("\"error handling\"", SearchPlace.Contents), ("nothingofthekind", SearchPlace.Contents),
        ("working copy", SearchPlace.Messages), ("fix", SearchPlace.Messages),
    ];

    public static async Task RunAsync()
    {
        await using var server = await ServerInProcess.StartAsync();
        var (copy, path) = await server.CreateAsync(Name);
        await RealHistory.LoadAsync(path);
        var began = Stopwatch.GetTimestamp();
        await server.Services.GetRequiredService<IGrainFactory>().GetGrain<IRepositoryGrain>(copy.Repository.Value).CommitSeen(2000);
        var index = server.Services.GetRequiredService<ISearchIndex>();
        await Eventually.TrueAsync(async () => (await index.ReadStateAsync(copy.Repository, default))?.IsUpTo(2000) is true, TimeSpan.FromMinutes(10));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Report.Write("2,000 revisions and their trunk indexed", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"), seconds < 120, "within two minutes");

        var owner = Actor.Of(await server.RecordAsync(record => record.Users.FirstAsync(user => record.Members.Any(member => member.UserId == user.Id && member.RepositoryId == copy.Repository))));
        foreach (var (query, place) in Searches)
        {
            var found = 0;
            var times = new List<double>();
            for (var round = 0; round <= Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                await using var scope = server.Services.CreateAsyncScope();
                var outcome = await scope.ServiceProvider.GetRequiredService<SearchRepository>().ExecuteAsync(Name, query, place, null, owner, default);
                found = outcome.Value.Files.Count + outcome.Value.Messages.Count;
                if (round > 0)
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var samples = new Samples(times);
            Report.Write($"a page of '{query}' in {place.ToString().ToLowerInvariant()}, {found} found", Report.Ms(samples.Median), samples.Median < 100, "100 ms");
        }
    }
}
