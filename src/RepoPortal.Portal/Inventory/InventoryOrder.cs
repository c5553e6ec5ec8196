using System.Globalization;
using System.Linq.Expressions;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Inventory;

/// <summary>One order of the inventory: a column, then the name. Each has an index of exactly these two, along which any page begins at once.</summary>
internal abstract class InventoryOrder
{
    private static readonly Dictionary<InventorySort, InventoryOrder> All = new()
    {
        [InventorySort.Name] = new ByName(),
        [InventorySort.Tier] = new ByColumn<int>(row => row.TierOrder, ParseInt),
        [InventorySort.State] = new ByColumn<int>(row => (int)row.State, ParseInt),
        [InventorySort.Size] = new ByColumn<long>(row => row.SizeBytes, ParseLong),
        [InventorySort.LastCommit] = new ByColumn<DateTimeOffset>(row => row.LastChangedAt, ParseTime),
        [InventorySort.Created] = new ByColumn<DateTimeOffset>(row => row.CreatedAt, ParseTime),
        [InventorySort.Members] = new ByColumn<int>(row => row.MemberCount, ParseInt),
        [InventorySort.External] = new ByColumn<int>(row => row.ExternalMemberCount, ParseInt),
    };

    internal static InventoryOrder Of(InventorySort sort) => All[sort];

    /// <summary>The column's value of a row, in a form that <see cref="TryStartAfter"/> reads back exactly.</summary>
    internal abstract string KeyOf(Repository row);

    /// <summary>Sorts.</summary>
    internal abstract IQueryable<Repository> Sort(IQueryable<Repository> rows, bool descending);

    /// <summary>Leaves out everything up to and including the row with that key and name.</summary>
    /// <returns>False when the key is not one of this column's.</returns>
    internal abstract bool TryStartAfter(ref IQueryable<Repository> rows, string key, RepositoryName name, bool descending);

    private static Expression<Func<Repository, bool>> NameFollows(RepositoryName name, bool descending) => descending
        ? row => RecordFunctions.IsBefore(row.Name, name)
        : row => RecordFunctions.IsAfter(row.Name, name);

    private static int? ParseInt(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? ParseLong(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    private sealed class ByName : InventoryOrder
    {
        internal override string KeyOf(Repository row) => "";

        internal override IQueryable<Repository> Sort(IQueryable<Repository> rows, bool descending) =>
            descending ? rows.OrderByDescending(row => row.Name) : rows.OrderBy(row => row.Name);

        internal override bool TryStartAfter(ref IQueryable<Repository> rows, string key, RepositoryName name, bool descending)
        {
            rows = rows.Where(NameFollows(name, descending));
            return true;
        }
    }

    private sealed class ByColumn<TKey>(Expression<Func<Repository, TKey>> column, Func<string, TKey?> parse) : InventoryOrder
        where TKey : struct, IFormattable
    {
        private readonly Func<Repository, TKey> _read = column.Compile();

        internal override string KeyOf(Repository row) =>
            _read(row).ToString(typeof(TKey) == typeof(DateTimeOffset) ? "O" : "D", CultureInfo.InvariantCulture);

        internal override IQueryable<Repository> Sort(IQueryable<Repository> rows, bool descending) => descending
            ? rows.OrderByDescending(column).ThenByDescending(row => row.Name)
            : rows.OrderBy(column).ThenBy(row => row.Name);

        // column >= key and (column > key or name > name): the first half finds the place in the index, which neither database sees in a bare "or".
        internal override bool TryStartAfter(ref IQueryable<Repository> rows, string key, RepositoryName name, bool descending)
        {
            if (parse(key) is not { } value)
                return false;
            var bound = Expression.Property(Expression.Constant(new Parameter(value)), nameof(Parameter.Value));
            var follows = NameFollows(name, descending);
            var row = follows.Parameters[0];
            var read = new Rename(column.Parameters[0], row).Visit(column.Body);
            var from = descending ? Expression.LessThanOrEqual(read, bound) : Expression.GreaterThanOrEqual(read, bound);
            var beyond = descending ? Expression.LessThan(read, bound) : Expression.GreaterThan(read, bound);
            rows = rows.Where(Expression.Lambda<Func<Repository, bool>>(
                Expression.AndAlso(from, Expression.OrElse(beyond, follows.Body)), row));
            return true;
        }

        /// <summary>Makes the value a parameter of the statement; a constant would compile a new query for every page.</summary>
        private sealed record Parameter(TKey Value);
    }

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
