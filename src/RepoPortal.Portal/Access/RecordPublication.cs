using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Access;

/// <summary>From outside the cluster: leaves a notice that a running server takes (<see cref="AccessNotices"/>). When none runs there is nobody to tell.</summary>
internal sealed class RecordPublication(IDbContextFactory<RecordContext> contexts, TimeProvider time) : IAccessPublication
{
    // Longer than a server takes to look, short enough for somebody at a prompt when there is none.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task PublishAsync(AccessChange change)
    {
        var now = time.GetUtcNow();
        var notice = new AccessNotice { Id = Guid.CreateVersion7(now), User = change.User, Repository = change.Repository, At = now };
        await using var record = await contexts.CreateDbContextAsync();
        record.Add(notice);
        await record.SaveChangesAsync();
        while (time.GetUtcNow() - now < Patience && await record.AccessNotices.AnyAsync(row => row.Id == notice.Id))
            await Task.Delay(Look, time);
    }
}
