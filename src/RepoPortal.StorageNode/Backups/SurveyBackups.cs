using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Tells which copies have changed since their backup, without reading any.</summary>
internal sealed class SurveyBackups(NodeDirectories directories, BackupTarget target)
{
    /// <summary>In the order of the question.</summary>
    /// <exception cref="Contracts.StorageNodes.StorageException">The directory of the backups is not there or not fit.</exception>
    public ImmutableArray<BackupSurvey> Run(ImmutableArray<RepositoryCopy> copies, CancellationToken cancellationToken)
    {
        target.Require();
        return [.. copies.Select(copy => Look(copy, cancellationToken))];
    }

    private BackupSurvey Look(RepositoryCopy copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (original, backup) = (directories.Copy(copy), target.PathOf(copy));
        try
        {
            var note = BackupNote.Read(backup);
            return new BackupSurvey(copy, note is not null && note.Fingerprint == Fingerprint.Of(original), note?.Revision);
        }
        catch (IOException)
        {
            // Whatever it is, the backup meets it again and says it in a sentence.
            return new BackupSurvey(copy, IsCurrent: false, Revision: null);
        }
    }
}
