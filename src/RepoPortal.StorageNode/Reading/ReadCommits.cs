using System.Collections.Immutable;
using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Reads commits as the record keeps them.</summary>
internal sealed class ReadCommits(ReadCopy read, SvnLookClient look)
{
    /// <summary>Up to <paramref name="limit"/> commits from revision <paramref name="first"/> upwards; revision 0 is not one.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ImmutableArray<CommitSummary> Run(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken) => read.Run(copy, path =>
    {
        var youngest = look.GetYoungest(path);
        var files = new RevisionFiles(path);
        var commits = ImmutableArray.CreateBuilder<CommitSummary>();
        for (var revision = Math.Max(first, 1); revision <= youngest && commits.Count < limit; revision++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            commits.Add(Read(new SvnLookOrigin(path, revision), files.SizeOf(revision), cancellationToken));
        }

        return commits.ToImmutable();
    });

    private CommitSummary Read(SvnLookOrigin revision, long size, CancellationToken cancellationToken)
    {
        var properties = look.GetRevisionProperties(revision);
        var extent = new ChangedExtent();
        look.VisitChangedPaths(revision, extent.Add, cancellationToken);
        return new CommitSummary(
            revision.Revision!.Value,
            properties.GetValueOrDefault("svn:author")?.StringValue,
            DateTimeOffset.TryParse(properties.GetValueOrDefault("svn:date")?.StringValue, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            CommitSummary.CutMessage(properties.GetValueOrDefault("svn:log")?.StringValue ?? ""),
            extent.Count,
            extent.CommonPath,
            size);
    }
}
