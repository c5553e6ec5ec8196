using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Works out what somebody may do with each of many paths, looking at each rule once.</summary>
internal sealed class AccessWalk
{
    private readonly AccessModel _model;
    private readonly PathSection?[] _sections;
    private readonly int[] _above;

    /// <param name="model">What decides.</param>
    /// <param name="paths">The root first, and every other path after those above it; all that the model has rules for must be among them.</param>
    internal AccessWalk(AccessModel model, IReadOnlyList<string> paths)
    {
        _model = model;
        _sections = [.. paths.Select(path => model.Sections.GetValueOrDefault(path))];
        _above = Above(paths);
    }

    /// <summary>The root, and the paths that either model has rules for, in such an order.</summary>
    internal static IReadOnlyList<string> Paths(AccessModel one, AccessModel other) =>
        [.. one.Sections.Keys.Concat(other.Sections.Keys).Append("/").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>For each path the place of the closest one above it; 0 for the root itself.</summary>
    internal static int[] Above(IReadOnlyList<string> paths)
    {
        var places = paths.Select((path, index) => (path, index)).ToDictionary(entry => entry.path, entry => entry.index, StringComparer.Ordinal);
        return [.. paths.Select(path =>
        {
            for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            {
                if (places.TryGetValue(path[..end], out var place))
                    return place;
            }

            return 0;
        })];
    }

    /// <summary>One answer per path, in their order; null is a visitor.</summary>
    internal PathAccess[] Of(UserName? who)
    {
        var answers = new PathAccess[_sections.Length];
        answers[0] = _model.AtRoot(who);
        for (var index = 1; index < answers.Length; index++)
            answers[index] = (_sections[index] is { } section ? _model.Said(section, who) : null) ?? answers[_above[index]];
        return answers;
    }
}
