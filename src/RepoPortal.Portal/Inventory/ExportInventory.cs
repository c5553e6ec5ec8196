using System.Runtime.CompilerServices;
using CsvHelper;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Inventory;

/// <summary>Writes the inventory as CSV, as it is read: memory does not grow with the number of repositories.</summary>
internal sealed class ExportInventory(IDbContextFactory<RecordContext> contexts)
{
    private const int Batch = 1000;

    /// <param name="request">Which repositories, in which order; <see cref="InventoryRequest.Limit"/> and <see cref="InventoryRequest.Cursor"/> do not matter.</param>
    /// <param name="actor">Who asks; must be an administrator.</param>
    /// <param name="output">Where the CSV goes, as UTF-8; left open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task ExecuteAsync(InventoryRequest request, Actor actor, Stream output, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            throw new UnauthorizedAccessException("only an administrator exports the inventory");
        await using var csv = CsvWriter.Create(output, CsvAnswers.Format, leaveOpen: true);
        csv.WriteHeader<InventoryLine>();
        await csv.WriteRecordsAsync(ReadAsync(request, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<InventoryLine> ReadAsync(
        InventoryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = InventoryOrder.Of(request.Sort);
        Repository? last = null;
        do
        {
            await using var record = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = request.Filter.Apply(record.Repositories.AsNoTracking(), record);
            if (last is not null)
                order.TryStartAfter(ref rows, order.KeyOf(last), last.Name, request.Descending);
            var batch = await order.Sort(rows, request.Descending).Take(Batch).ToListAsync(cancellationToken);
            foreach (var row in await ListInventory.WithOwnersAsync(record, batch, cancellationToken))
                yield return InventoryLine.Of(row);
            last = batch.Count == Batch ? batch[^1] : null;
        }
        while (last is not null);
    }
}
