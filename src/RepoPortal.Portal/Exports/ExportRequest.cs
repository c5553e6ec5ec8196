using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Exports;

/// <summary>An export that somebody wants.</summary>
/// <param name="Form">A dump, or the repository's own files.</param>
/// <param name="Compression">How it is compressed.</param>
/// <param name="First">The first revision; null: from the beginning.</param>
/// <param name="Point">The last revision, or the moment that it was the youngest at; neither: the youngest.</param>
/// <param name="Incremental">Of a dump: to be loaded onto the revision before the first.</param>
/// <param name="Deltas">Of a dump: contents as differences.</param>
internal sealed record ExportRequest(
    ExportForm Form, ExportCompression Compression, long? First, RestorePoint Point, bool Incremental, bool Deltas)
{
    /// <summary>What the file is to hold.</summary>
    internal async Task<Outcome<ExportContent>> ResolveAsync(RecordContext record, Repository repository, CancellationToken cancellationToken)
    {
        if (!(await Point.ResolveAsync(record, repository, cancellationToken)).Succeeded(out var last, out var refusal))
            return refusal;
        if (First < 0 || First > last)
            return Refusal.Invalid("from", $"An export ends with revision {Format.Plain(last)}, so it begins with one from 0 to that.");
        if (Form == ExportForm.Archive && (First > 0 || Incremental || Deltas))
            return Refusal.Invalid("form", "An archive has everything up to a revision; only a dump begins later, is incremental or has deltas.");
        return new ExportContent(Form, Compression, First ?? 0, last, Incremental, Deltas);
    }

    /// <summary>What a file is called that somebody takes away.</summary>
    internal static string FileName(RepositoryName name, ExportContent content)
    {
        var (form, compression) = (content.Form == ExportForm.Dump ? "svndump" : "tar", content.Compression == ExportCompression.Gzip ? "gz" : "zst");
        return content.First == 0
            ? $"{name}-r{Format.Plain(content.Last)}.{form}.{compression}"
            : $"{name}-r{Format.Plain(content.First)}-{Format.Plain(content.Last)}.{form}.{compression}";
    }
}
