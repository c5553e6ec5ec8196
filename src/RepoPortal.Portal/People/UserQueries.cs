using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Portal.People;

/// <summary>Finds people by the columns that Identity keeps an index on.</summary>
internal static class UserQueries
{
    /// <summary>The one with that user name.</summary>
    internal static IQueryable<User> WithName(this IQueryable<User> users, UserName name)
    {
        var normalized = Normalize(name.Value);
        return users.Where(user => user.NormalizedUserName == normalized);
    }

    /// <summary>Those whose user name stands after that one in the database's order.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "The comparison is made by the database.")]
    internal static IQueryable<User> AfterName(this IQueryable<User> users, UserName name)
    {
        var normalized = Normalize(name.Value);
        return users.Where(user => string.Compare(user.NormalizedUserName, normalized) > 0);
    }

    /// <summary>The one with that address.</summary>
    internal static IQueryable<User> WithEmail(this IQueryable<User> users, EmailAddress email)
    {
        var normalized = email.Normalized;
        return users.Where(user => user.NormalizedEmail == normalized);
    }

    /// <summary>The form in which names and addresses are compared; the same as Identity's own normaliser.</summary>
    internal static string Normalize(string text) => text.ToUpperInvariant();
}
