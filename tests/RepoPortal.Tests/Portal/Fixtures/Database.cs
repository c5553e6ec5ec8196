using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>The databases the record runs on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test once on each database; the test's argument says on which.</summary>
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Database>(Database.Sqlite), new TheoryDataRow<Database>(Database.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
