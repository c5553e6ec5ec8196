using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Benchmarks.Inventory;

/// <summary>Fills a record with repositories that have rows only: the inventory reads nothing else.</summary>
internal static class Seed
{
    private const int Batch = 2000;

    /// <summary>Adds repositories number <paramref name="from"/> to <paramref name="to"/>, with a size, a last commit and one to three members each.</summary>
    public static async Task RepositoriesAsync(string databaseFile, int from, int to)
    {
        for (var first = from; first < to; first += Batch)
        {
            var options = new DbContextOptionsBuilder<SqliteRecordContext>().UseSqlite($"Data Source={databaseFile}").Options;
            await using var record = new SqliteRecordContext(options);
            var people = await record.Users.OrderBy(user => user.UserName).ToListAsync();
            var tiers = await record.Tiers.OrderBy(tier => tier.Order).ToListAsync();
            for (var number = first; number < Math.Min(first + Batch, to); number++)
                record.Add(Make(number, people, tiers));
            await record.SaveChangesAsync();
        }
    }

    private static Repository Make(int number, List<User> people, List<Tier> tiers)
    {
        var created = TimeProvider.System.GetUtcNow().AddMinutes(-number * 7L);
        var tier = tiers[number % tiers.Count];
        var repository = new Repository
        {
            Id = RepositoryId.New(TimeProvider.System),
            Name = RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"seeded-{number * 7919L % 1_000_003:000000}-{number}")),
            Uuid = Guid.NewGuid(),
            Description = string.Create(CultureInfo.InvariantCulture, $"Simulation and data of experiment {number % 613}"),
            TierId = tier.Id,
            Tier = tier,
            Visibility = (Visibility)(number % 3),
            Layout = RepositoryLayout.Standard,
            State = RepositoryState.Ready,
            CreatedAt = created,
            Creator = people[number % people.Count].Name,
            Youngest = number % 4999,
            SizeBytes = number * 104_729L % 9_999_991,
            LastCommitAt = number % 5 == 0 ? null : created.AddMinutes(number % 1000),
        };
        repository.Names.Add(new NameClaim { Name = repository.Name, RepositoryId = repository.Id, State = NameState.Served, Since = created });
        for (var member = 0; member <= number % Math.Min(3, people.Count); member++)
        {
            var person = people[(number + member) % people.Count];
            repository.Members.Add(new Membership
            {
                RepositoryId = repository.Id,
                UserId = person.Id,
                User = person,
                Access = member == 0 ? AccessLevel.Owner : AccessLevel.Write,
                GrantedAt = created,
                GrantedBy = "benchmark",
            });
        }

        repository.RefreshInventoryColumns();
        return repository;
    }
}
