using System.Reflection;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People;

namespace RepoPortal.Tests.Portal.Audit;

public sealed class AuditWordsTests
{
    public static TheoryData<string> Actions => [.. typeof(AuditAction).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(constant => constant.IsLiteral && constant.FieldType == typeof(string)).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_action_is_said_in_words_and_can_be_narrowed_to(string action)
    {
        Assert.NotEqual(action, AuditWords.Of(Entry(action, new { })));
        Assert.Contains(AuditWords.Kinds, kind => action.StartsWith($"{kind.Action}.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_given_is_not_said() =>
        Assert.Equal(["access: read"], AuditWords.Particulars(Entry(AuditAction.MemberSet, new { access = "read", endsAt = (string?)null })));

    private static AuditEntry Entry(string action, object detail) => AuditEntry.Of(TimeProvider.System.GetUtcNow(), Actor.System, action, "mei", detail: detail);
}
