using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Audit;

/// <summary>Writes the audit as CSV or as JSON Lines, the oldest entry first, as it is read: memory does not grow with the number of entries.</summary>
internal sealed class ExportAudit(IDbContextFactory<RecordContext> contexts)
{
    private const int Batch = 1000;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>A refusal when the actor may not have it; to be asked before the first byte is written.</summary>
    internal async Task<Refusal?> RefuseAsync(AuditRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await ListAudit.RefuseAsync(record, request, actor, cancellationToken);
    }

    /// <summary>Writes CSV in UTF-8 to <paramref name="output"/>, which is left open.</summary>
    internal async Task WriteCsvAsync(AuditRequest request, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, CsvAnswers.Format, leaveOpen: true);
        csv.WriteHeader<AuditLine>();
        await csv.WriteRecordsAsync(LinesAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Writes one JSON object a line, as the API shows an entry, to <paramref name="output"/>, which is left open.</summary>
    internal async Task WriteJsonLinesAsync(AuditRequest request, Stream output, CancellationToken cancellationToken)
    {
        await foreach (var row in ReadAsync(request, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(output, AuditResource.Of(row), JsonSerializerOptions.Web, cancellationToken);
            await output.WriteAsync(NewLine, cancellationToken);
        }
    }

    private async IAsyncEnumerable<AuditLine> LinesAsync(AuditRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in ReadAsync(request, cancellationToken))
            yield return AuditLine.Of(row);
    }

    private async IAsyncEnumerable<AuditRow> ReadAsync(AuditRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            await using var record = await contexts.CreateDbContextAsync(cancellationToken);
            var last = after;
            var batch = await record.Matching(request).Where(entry => entry.Id > last).OrderBy(entry => entry.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var row in await record.ToRowsAsync(batch, cancellationToken))
                yield return row;
            if (batch.Count < Batch)
                yield break;
            after = batch[^1].Id;
        }
    }
}
