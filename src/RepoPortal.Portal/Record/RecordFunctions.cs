using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace RepoPortal.Portal.Record;

/// <summary>Comparisons that only the database makes, because the value types have no order of their own.</summary>
internal static class RecordFunctions
{
    private static readonly BoolTypeMapping Bool = new("boolean");

    /// <summary>True when <paramref name="left"/> stands after <paramref name="right"/> in the order of code points.</summary>
    internal static bool IsAfter(RepositoryName left, RepositoryName right) =>
        throw new InvalidOperationException("only to be used in a query");

    /// <summary>True when <paramref name="left"/> stands before <paramref name="right"/> in the order of code points.</summary>
    internal static bool IsBefore(RepositoryName left, RepositoryName right) =>
        throw new InvalidOperationException("only to be used in a query");

    internal static void Register(ModelBuilder builder)
    {
        builder.HasDbFunction(() => IsAfter(default, default)).HasTranslation(Compare(ExpressionType.GreaterThan));
        builder.HasDbFunction(() => IsBefore(default, default)).HasTranslation(Compare(ExpressionType.LessThan));
    }

    private static Func<IReadOnlyList<SqlExpression>, SqlExpression> Compare(ExpressionType comparison) =>
        arguments => new SqlBinaryExpression(comparison, arguments[0], arguments[1], typeof(bool), Bool);
}
