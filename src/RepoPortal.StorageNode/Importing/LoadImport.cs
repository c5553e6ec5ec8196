using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Importing.Dumps;
using RepoPortal.StorageNode.Importing.Sources;
using RepoPortal.StorageNode.Native;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>Loads history by <c>svnadmin load</c>, in a place where nobody sees it yet. What is whole stays there, whatever happens, and the next attempt goes on after it.</summary>
internal sealed class LoadImport(NodeDirectories directories, OpenSource open, ImportLocks locks, LoadWatch watch, AdoptRepository adopt, SvnAdmin svnadmin, SvnLookClient look)
{
    /// <summary>Returns when everything in the source is loaded.</summary>
    /// <exception cref="StorageException">It is not; the message names the revision and the reason.</exception>
    public async Task<LoadResult> RunAsync(LoadJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(job.Copy, cancellationToken);
        var import = new ImportDirectory(directories, job.Copy);
        try
        {
            if (Directory.Exists(directories.Copy(job.Copy)))
                return new LoadResult(look.GetYoungest(directories.Copy(job.Copy)), Guid.Parse(look.GetUuid(directories.Copy(job.Copy))));
            if (job.Source is DirectorySource directory)
                return await adopt.RunAsync(directory.Path, import, onProgress, cancellationToken);
            import.Prepare();
            using var source = await open.RunAsync(job.Source, cancellationToken);
            return await LoadAsync(job, import, source, onProgress, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the import could not go on", exception);
        }
    }

    private async Task<LoadResult> LoadAsync(LoadJob job, ImportDirectory import, OpenedSource source, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        using var journal = new RevisionJournal(import.Journal);
        var feed = new DumpFeed(new DumpReader(source.Dump), journal, source.MapAuthors(job.Authors));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var aborted = stop.Token.Register(source.Abort);
        var watching = watch.RunAsync(import.Repository, job.QuotaBytes, source, onProgress, stop);
        var failure = await FeedAsync(import.Repository, feed, stop.Token);
        await stop.CancelAsync();
        failure = await watching ?? failure;
        import.RemoveUnfinished();
        import.Sync();
        cancellationToken.ThrowIfCancellationRequested();
        var youngest = look.GetYoungest(import.Repository);
        return failure is null ? new LoadResult(youngest, feed.Uuid, source.Remarks()) : throw new StorageException(Say(failure, youngest));
    }

    /// <returns>Why it did not come to its end; null when it did.</returns>
    private async Task<string?> FeedAsync(string repository, DumpFeed feed, CancellationToken stop)
    {
        try
        {
            var loaded = look.GetYoungest(repository);
            var exit = await svnadmin.FeedAsync(Arguments(repository), input => feed.Run(input, loaded), stop);
            return exit.Code == 0 ? null : Say(exit, repository);
        }
        catch (DumpException exception)
        {
            return exception.Message;
        }
        catch (IOException exception) when (StorageFailure.IsDiskFull(exception))
        {
            // The journal's, because nothing is read from a full disk.
            return StorageFailure.Reason(exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ZstdSharp.ZstdException)
        {
            return $"the file cannot be read on: {exception.Message}";
        }
        catch (OperationCanceledException)
        {
            // The watch stopped it, and says why; or nobody wants it any more, and what is whole is put on the disk all the same.
            return null;
        }
    }

    // It does not wait for the disk after each revision (ImportDirectory does at the end), which makes it several times faster; line ends of properties, which
    // Subversion takes in one form only and old repositories have in others, are made that.
    private static IEnumerable<string> Arguments(string repository) =>
        ["load", "-q", "--ignore-uuid", "--normalize-props", "--no-flush-to-disk", "-M", "64", repository];

    private string Say(SvnAdminExit exit, string repository) => exit.IsDiskFull
        ? StorageFailure.Reason(exit)
        : string.Create(CultureInfo.InvariantCulture, $"revision {look.GetYoungest(repository) + 1} could not be loaded: {exit.Complaint}");

    private static string Say(string failure, long youngest) => string.Create(
        CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(failure[0])}{failure.AsSpan(1)}. {(youngest == 0 ? "No revision is loaded yet." : $"The revisions up to {youngest} are whole.")}");
}
