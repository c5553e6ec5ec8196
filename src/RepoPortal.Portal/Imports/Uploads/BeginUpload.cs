using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Create;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>Begins an upload, for whoever may make a repository out of it.</summary>
internal sealed class BeginUpload(IDbContextFactory<RecordContext> contexts, CreationRight right, IOptions<ImportOptions> options, TimeProvider time)
{
    internal async Task<Outcome<UploadView>> ExecuteAsync(long? length, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } owner || !await right.HasAsync(actor, cancellationToken))
            return Refusal.Forbidden("Who does not create repositories has nothing to upload for one.");
        var most = options.Value.MaxUploadMegabytes << 20;
        if (length is not { } bytes || bytes < 1 || bytes > most)
            return Refusal.Invalid("length", $"Say how long the file is, in bytes: at least 1, and at most {ByteWords.Of(most)}.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Uploads.CountAsync(row => row.OwnerId == owner, cancellationToken) >= options.Value.MaxUploads)
            return Refusal.Conflict($"You have {options.Value.MaxUploads} uploads already; import or remove one of them first.");
        var now = time.GetUtcNow();
        if (await NodeChoice.ChooseAsync(record.Nodes, now, cancellationToken) is not { } node)
            return Refusal.Conflict("No storage node is up at the moment; try again in a minute.");
        var upload = new Upload { Id = Guid.CreateVersion7(now), OwnerId = owner, NodeName = node, Length = bytes, TouchedAt = now };
        record.Add(upload);
        await record.SaveChangesAsync(cancellationToken);
        return new UploadView(upload.Id, bytes, 0);
    }
}

/// <summary>An upload as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Length">How long it is when it is complete, in bytes.</param>
/// <param name="Offset">How many bytes are there: where the next piece begins.</param>
internal sealed record UploadView(Guid Id, long Length, long Offset);
