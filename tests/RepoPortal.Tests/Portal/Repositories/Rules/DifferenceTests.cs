using CsCheck;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.Rules.Why;

namespace RepoPortal.Tests.Portal.Repositories.Rules;

/// <summary>What is said before a set is saved is what comes of it, for every person and path.</summary>
public sealed class DifferenceTests
{
    private static readonly Gen<(AccessScenario Before, AccessScenario After)> Changes =
        Gen.Select(AccessScenario.Any, AccessScenario.Any, (one, other) => (one, one with { Rules = other.Rules }));

    [Fact]
    public void Everyone_who_loses_something_is_named_and_nobody_else() => Changes.Sample(
        change =>
        {
            var (before, after) = Models(change);
            var loss = AccessDifference.Between(before, after).Loss;
            foreach (var who in AccessScenario.Everybody)
                Assert.Equal(Probes(change).Any(path => after.Check(who, path) < before.Check(who, path)), loss?.Concerns(who) ?? false);
        },
        iter: 300);

    [Fact]
    public void What_is_said_of_a_path_holds_there_and_below_until_something_else_is_said() => Changes.Sample(
        change =>
        {
            var (before, after) = Models(change);
            var said = AccessDifference.Between(before, after).Changes;
            var named = AccessClass.Of(before, after).SelectMany(people => people.People).ToHashSet();
            foreach (var who in AccessScenario.Everybody)
            {
                foreach (var path in Probes(change).Where(path => before.Check(who, path) != after.Check(who, path)))
                {
                    Assert.Contains(said, line => IsAtOrAbove(line.Path, path) && Concerns(line, who, named)
                        && (line.Before, line.After) == (before.Check(who, path), after.Check(who, path)));
                }

                Assert.All(said.Where(line => Concerns(line, who, named)), line =>
                    Assert.Equal((line.Before, line.After), (before.Check(who, line.Path), after.Check(who, line.Path))));
            }
        },
        iter: 200);

    [Fact]
    public void The_same_rules_change_nothing() => AccessScenario.Any.Sample(
        scenario =>
        {
            var (before, after) = Models((scenario, scenario));
            var difference = AccessDifference.Between(before, after);
            Assert.Empty(difference.Changes);
            Assert.Null(difference.Loss);
        },
        iter: 100);

    [Fact]
    public void The_first_reason_is_the_answer() => AccessScenario.Any.Sample(
        scenario =>
        {
            var (repository, model) = (scenario.Repository(), scenario.Model());
            foreach (var who in AccessScenario.Everybody)
            {
                foreach (var path in scenario.Probes())
                {
                    var chain = new ReasonChain(repository, model, who, AccessScenario.Now).For(path);
                    Assert.Equal(model.Check(who, path), chain[0].Access);
                    Assert.Equal([0], chain.Index().Where(entry => entry.Item.Decides).Select(entry => entry.Index));
                }
            }
        },
        iter: 150);

    private static (AccessModel Before, AccessModel After) Models((AccessScenario Before, AccessScenario After) change) => (change.Before.Model(), change.After.Model());

    private static IEnumerable<string> Probes((AccessScenario Before, AccessScenario After) change) =>
        change.Before.Probes().Concat(change.After.Probes()).Distinct(StringComparer.Ordinal);

    private static bool IsAtOrAbove(string above, string path) =>
        above == "/" || path == above || path.StartsWith(above + "/", StringComparison.Ordinal);

    private static bool Concerns(ChangedAccess line, UserName? who, HashSet<UserName> named) =>
        who is not { } person ? line.Visitors : named.Contains(person) ? line.People.Contains(person) : line.SignedIn;
}
