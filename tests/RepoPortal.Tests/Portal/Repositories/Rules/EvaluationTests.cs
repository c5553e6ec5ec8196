using System.Collections.Immutable;
using System.Text;
using CsCheck;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway.Claims;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.Tests.Portal.Repositories.Rules;

/// <summary>The portal and libsvn answer alike, for every person and path, whatever the rules.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void Libsvn_answers_by_the_rendered_file_as_the_model_does() => AccessScenario.Any.Sample(
        scenario =>
        {
            var model = scenario.Model();
            var questions = Questions(scenario);
            var answers = CheckAccess.Run(AccessFileText.Render(model), questions, CancellationToken.None);
            foreach (var (question, answer) in questions.Zip(answers))
                Assert.True(answer == model.Check(question.User, question.Path), $"{question}: libsvn says {answer}, the model {model.Check(question.User, question.Path)}");
        },
        iter: 3000);

    [Fact]
    public void The_gateway_is_told_by_the_node_what_anybody_may_see() => AccessScenario.Any.Sample(
        scenario =>
        {
            var model = scenario.Model();
            using var file = new ParsedAccessFile(Encoding.UTF8.GetBytes(AccessFileText.Render(model)));
            foreach (var who in AccessScenario.Everybody)
            {
                var changes = file.ChangesOf(who?.Value ?? UserName.AnonymousValue);
                var sight = new PathSight(changes);
                Assert.Equal(model.SeesEverything(who), sight.IsEverything);
                Assert.Equal(changes.Length == 1 && changes[0].MaySee, sight.IsEverything);
                foreach (var path in scenario.Probes())
                    Assert.True(sight.MaySee(path) == model.Check(who, path) > PathAccess.None, $"{who?.Value ?? "a visitor"} {path}: {string.Join(", ", changes)}");
            }
        },
        iter: 1000);

    [Fact]
    public void Libsvn_knows_of_a_directory_with_everything_below_it_what_the_model_knows() => AccessScenario.Any.Sample(
        scenario =>
        {
            var model = scenario.Model();
            using var file = SvnAccessFile.Parse(AccessFileText.Render(model));
            // Of the root itself libsvn does not know it, so httpd is told to refuse to copy that.
            foreach (var (who, path) in AccessScenario.Everybody.SelectMany(who => scenario.Probes().Where(path => path != "/").Select(path => (who, path))))
            {
                var least = model.Sections.Keys.Where(section => section.StartsWith(path + "/", StringComparison.Ordinal)).Append(path).Min(at => model.Check(who, at));
                foreach (var (access, enough) in new[] { (SvnAccess.Read, PathAccess.Read), (SvnAccess.Write, PathAccess.Write) })
                {
                    var isAllowed = file.IsAllowed(who?.Value ?? UserName.AnonymousValue, path, access | SvnAccess.Recursive);
                    Assert.True(!isAllowed || least >= enough, $"{who?.Value ?? "a visitor"} {path}: libsvn lets them {access} everything below, the model says {least}");
                }
            }
        },
        iter: 1000);

    [Fact]
    public void A_route_has_the_most_that_anybody_may_do_anywhere() => AccessScenario.Any.Sample(
        scenario =>
        {
            var model = scenario.Model();
            var people = RouteLevels.OfPeople(model);
            foreach (var who in AccessScenario.Everybody)
            {
                var most = scenario.Probes().Select(path => model.Check(who, path)).Max();
                var level = who is not { } person ? model.Most(null) : people.TryGetValue(person, out var own) ? own : RouteLevels.OfStrangers(model);
                Assert.Equal(model.Most(who), level);
                if (level != AccessLevel.Owner)
                    Assert.True(AccessModel.ToPathAccess(level) == most, $"{who}: the route says {level}, the paths {most}");
            }
        },
        iter: 1000);

    [Fact]
    public void The_same_rules_make_the_same_file_in_any_order() => AccessScenario.Any.Sample(
        scenario => Assert.Equal(
            AccessFileText.Render(scenario.Model()),
            AccessFileText.Render((scenario with { Rules = [.. scenario.Rules.Reverse()] }).Model())),
        iter: 200);

    private static ImmutableArray<AccessQuestion> Questions(AccessScenario scenario) =>
        [.. scenario.Probes().SelectMany(path => AccessScenario.Everybody.Select(who => new AccessQuestion(who, path)))];
}
