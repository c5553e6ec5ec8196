using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Benchmarks.Access;

/// <summary>Many people, written into the record past the use cases: hashing a thousand passwords would take minutes.</summary>
internal sealed class SeededPeople
{
    /// <summary>Who has the tokens.</summary>
    public const string Owner = "the-owner";

    /// <summary>One of the members.</summary>
    public const string Member = "member-0";

    private readonly string _database;

    private SeededPeople(string database, int count) => (_database, Names) = (database, [.. Enumerable.Range(0, count).Select(Name)]);

    /// <summary>The user names of all but the owner.</summary>
    public IReadOnlyList<string> Names { get; }

    public string OwnerToken { get; private set; } = "";

    public string MemberToken { get; private set; } = "";

    /// <param name="database">The SQLite file of a running server.</param>
    /// <param name="count">How many beside the owner.</param>
    public static async Task<SeededPeople> AddAsync(string database, int count)
    {
        var people = new SeededPeople(database, count);
        await using var record = people.Open();
        foreach (var name in people.Names.Prepend(Owner))
            record.Add(Person(name));
        await record.SaveChangesAsync();
        people.OwnerToken = await TokenAsync(record, Owner);
        people.MemberToken = await TokenAsync(record, Member);
        return people;
    }

    /// <summary>Makes all of them writers of a repository. Takes effect with the next change of its access.</summary>
    public async Task JoinAsync(string repository)
    {
        await using var record = Open();
        var name = RepositoryName.Parse(repository);
        var id = await record.Repositories.Where(row => row.Name == name).Select(row => row.Id).SingleAsync();
        foreach (var user in await record.Users.Where(user => user.UserName != Owner).ToListAsync())
            record.Add(new Membership { RepositoryId = id, UserId = user.Id, Access = AccessLevel.Write, GrantedAt = TimeProvider.System.GetUtcNow(), GrantedBy = "benchmark" });
        await record.SaveChangesAsync();
        await record.Repositories.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.AccessVersion, stored => stored.AccessVersion + 1));
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"member-{number}");

    private static User Person(string name) => new()
    {
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        UserName = name,
        NormalizedUserName = UserQueries.Normalize(name),
        Email = $"{name}@lab.example",
        NormalizedEmail = UserQueries.Normalize($"{name}@lab.example"),
        DisplayName = name,
        CreatedAt = TimeProvider.System.GetUtcNow(),
        SecurityStamp = Guid.NewGuid().ToString("n"),
    };

    private static async Task<string> TokenAsync(SqliteRecordContext record, string name)
    {
        var (secret, now) = (AccessToken.Create(), TimeProvider.System.GetUtcNow());
        record.Add(new UserToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = await record.Users.Where(user => user.UserName == name).Select(user => user.Id).SingleAsync(),
            Label = "benchmark",
            ReadOnly = false,
            Digest = secret.Digest,
            CreatedAt = now,
            ExpiresAt = now.AddDays(1),
        });
        await record.SaveChangesAsync();
        return secret.Text;
    }

    private SqliteRecordContext Open() => new(new DbContextOptionsBuilder<SqliteRecordContext>().UseSqlite($"Data Source={_database}").Options);
}
