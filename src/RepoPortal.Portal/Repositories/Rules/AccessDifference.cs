using System.Collections.Immutable;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>People for whom the same changes on one path. What changes below it in the same way is not said again.</summary>
/// <param name="Path">The path.</param>
/// <param name="Before">What they could do with it.</param>
/// <param name="After">What they can do with it.</param>
/// <param name="People">Who, by name.</param>
/// <param name="SignedIn">Whether also everybody signed in whom no grant, group or rule names.</param>
/// <param name="Visitors">Whether also those without credentials.</param>
public sealed record ChangedAccess(string Path, PathAccess Before, PathAccess After, ImmutableArray<UserName> People, bool SignedIn, bool Visitors)
{
    /// <summary>Whether it takes something away.</summary>
    public bool IsLoss => After < Before;
}

/// <summary>Who gains and who loses what by another set of rules.</summary>
/// <param name="Changes">By path.</param>
/// <param name="Loss">Everyone who loses something; null when nobody does.</param>
internal sealed record AccessDifference(ImmutableArray<ChangedAccess> Changes, AccessLoss? Loss)
{
    /// <summary>Nothing changes for anybody.</summary>
    internal static readonly AccessDifference None = new([], null);

    /// <summary>Compares two models of one repository that differ in nothing but the rules.</summary>
    internal static AccessDifference Between(AccessModel before, AccessModel after)
    {
        var paths = AccessWalk.Paths(before, after);
        var above = AccessWalk.Above(paths);
        var (earlier, later) = (new AccessWalk(before, paths), new AccessWalk(after, paths));
        var changed = new Dictionary<(int Place, PathAccess Before, PathAccess After), List<AccessClass>>();
        var losing = new HashSet<AccessClass>(ReferenceEqualityComparer.Instance);
        var classes = AccessClass.Of(before, after);
        foreach (var people in classes)
        {
            var (had, has) = (earlier.Of(people.Who), later.Of(people.Who));
            for (var place = 0; place < paths.Count; place++)
            {
                if (has[place] < had[place])
                    losing.Add(people);
                var isSaidAbove = place > 0 && (had[above[place]], has[above[place]]) == (had[place], has[place]);
                if (has[place] != had[place] && !isSaidAbove)
                    (changed.TryGetValue((place, had[place], has[place]), out var list) ? list : changed[(place, had[place], has[place])] = []).Add(people);
            }
        }

        return new AccessDifference(
            [.. changed.OrderBy(entry => entry.Key.Place).ThenByDescending(entry => entry.Key.After).Select(entry => Change(paths[entry.Key.Place], entry.Key.Before, entry.Key.After, entry.Value))],
            losing.Count == 0 ? null : LossOf(classes, losing));
    }

    private static ChangedAccess Change(string path, PathAccess before, PathAccess after, List<AccessClass> classes) => new(
        path,
        before,
        after,
        [.. classes.SelectMany(people => people.People).OrderBy(person => person.Value, StringComparer.Ordinal)],
        classes.Contains(AccessClass.Strangers),
        classes.Contains(AccessClass.Visitors));

    private static AccessLoss LossOf(IReadOnlyList<AccessClass> classes, HashSet<AccessClass> losing) => new(
        losing.Contains(AccessClass.Visitors),
        losing.Contains(AccessClass.Strangers),
        [.. losing.SelectMany(people => people.People)],
        losing.Contains(AccessClass.Strangers) ? [.. classes.Except(losing).SelectMany(people => people.People)] : []);
}
