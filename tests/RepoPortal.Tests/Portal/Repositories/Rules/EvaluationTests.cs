using System.Collections.Immutable;
using CsCheck;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.StorageNode.Access;

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
