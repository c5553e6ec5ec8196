using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Lists the branches or tags of a project. What costs something, where each came from and how far it went, is read of one page only.</summary>
internal sealed class ListLines(ReadHistory read, TimeProvider time)
{
    private const int MostSorted = 2000;
    private const int MostLookedInto = 200;
    private const int LongestMessage = 200;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<LinesPage> Run(RepositoryCopy copy, LinesQuery query, Reader reader, CancellationToken cancellationToken) =>
        read.Run<LinesPage>(copy, new PegPath(query.Path, null), reader, (history, found) =>
        {
            var project = UsualLayout.Split(found.Place.Path, found.Kind).Project ?? "/";
            var (branches, tags) = (Below(history, NodePath.Join(project, UsualLayout.Branches)), Below(history, NodePath.Join(project, UsualLayout.Tags)));
            var trunk = NodePath.Join(project, UsualLayout.Trunk);
            var hasTrunk = history.KindOf(new PathAtRevision(trunk, history.Youngest)) == SvnNodeKind.Directory;
            var wanted = query.IsOfTags ? tags : branches;
            var matching = string.IsNullOrEmpty(query.Filter) ? wanted : wanted.FindAll(name => name.Name.Contains(query.Filter, StringComparison.OrdinalIgnoreCase));
            var divergences = new FindDivergence(history, new ReadingBudget(time, MostTime));
            return new LinesPage(
                history.Youngest, project,
                hasTrunk ? new LineView(UsualLayout.Trunk, trunk, Header(history, history.Look.GetInfo(history.At(history.Youngest), trunk)!.Revision), null, null, null) : null,
                [.. Page(history, NodePath.Join(project, query.IsOfTags ? UsualLayout.Tags : UsualLayout.Branches), matching, query.Skip)
                    .Select(line => query.IsOfTags ? line : line with { Divergence = divergences.Of(line) })],
                matching.Count, branches.Count, tags.Count, matching.Count > MostSorted,
                hasTrunk || branches.Count + tags.Count > 0 ? [] : ProjectsIn(history, project));
        }, cancellationToken);

    private static List<SvnDirName> Below(SightedHistory history, string directory) =>
        history.KindOf(new PathAtRevision(directory, history.Youngest)) == SvnNodeKind.Directory
            ? [.. history.Look.ListNames(history.At(history.Youngest), directory, history.Cancellation)
                .Where(entry => entry.NodeKind == SvnNodeKind.Directory && history.MaySee(NodePath.Join(directory, entry.Name)))]
            : [];

    private static IEnumerable<LineView> Page(SightedHistory history, string directory, List<SvnDirName> names, int skip)
    {
        skip = Math.Max(skip, 0);
        if (names.Count > MostSorted)
            return Describe([.. names.OrderBy(name => name.Name, StringComparer.Ordinal).Skip(skip).Take(LinesQuery.MostLines)]);
        var sorted = history.Look.List(history.At(history.Youngest), directory, names, history.Cancellation)
            .OrderByDescending(entry => entry.Revision).ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .Skip(skip).Take(LinesQuery.MostLines);
        return sorted.Select(entry => Line(history, directory, entry));

        IEnumerable<LineView> Describe(List<SvnDirName> page) =>
            history.Look.List(history.At(history.Youngest), directory, page, history.Cancellation).Select(entry => Line(history, directory, entry));
    }

    private static LineView Line(SightedHistory history, string directory, SvnDirEntry entry)
    {
        var path = NodePath.Join(directory, entry.Name);
        var origin = LineOrigin.Find(history, path);
        return new LineView(entry.Name, path, Header(history, entry.Revision), origin?.From, origin?.MadeIn, null);
    }

    private static CommitHeader Header(SightedHistory history, long revision)
    {
        var commit = history.Header(revision);
        return commit.Message is { Length: > LongestMessage } message ? commit with { Message = message[..LongestMessage] } : commit;
    }

    private ImmutableArray<string> ProjectsIn(SightedHistory history, string directory)
    {
        var budget = new ReadingBudget(time, MostTime);
        return
        [
            .. Below(history, directory).Select(entry => NodePath.Join(directory, entry.Name)).Order(StringComparer.Ordinal).Take(MostLookedInto)
                .TakeWhile(_ => !budget.IsOver)
                .Where(path => UsualLayout.Directories.Any(name => history.KindOf(new PathAtRevision(NodePath.Join(path, name), history.Youngest)) == SvnNodeKind.Directory)),
        ];
    }
}
