using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups;

/// <summary>Has each node copy its backups off site by the clock, and tells administrators once when that fails, and once when it is mended.</summary>
internal sealed partial class OffSiteCopies(
    IDbContextFactory<RecordContext> contexts, NodeWork work, Outbox outbox, PublicAddress address, IOptions<OffSiteOptions> options, IOptions<BackupOptions> backups,
    IHostApplicationLifetime host, TimeProvider time, ILogger<OffSiteCopies> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Remote is null || backups.Value.ReadOnly ? Task.CompletedTask : host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>Does what is due, all nodes at once.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var nodes = await record.Nodes.AsNoTracking().ToListAsync(cancellationToken);
        await Task.WhenAll(nodes.Select(node => CopyAsync(node, cancellationToken)));
    }

    private async Task CopyAsync(Node node, CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(node, cancellationToken))
            return;
        var job = Guid.CreateVersion7(time.GetUtcNow());
        try
        {
            // It has no row of a task: the clock does it, and what comes of it stands with the node.
            var status = await work.RunAsync(node.Name, job, new OffSiteJob(), new TaskProgress(contexts, job, time), cancellationToken);
            await NoteAsync(node.Name, status.Result as OffSiteResult, status.Failure, cancellationToken);
        }
        catch (TaskWaitsException exception)
        {
            await NoteAsync(node.Name, null, exception.Message, cancellationToken);
        }
    }

    private async Task<bool> ClaimAsync(Node node, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pause = node.OffSiteFailure is null || options.Value.Interval < Retry ? options.Value.Interval : Retry;
        // In either direction: a clock that was far ahead is not waited for.
        if ((now - node.OffSiteTriedAt)?.Duration() < pause)
            return false;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Nodes.Where(row => row.Name == node.Name && row.OffSiteTriedAt == node.OffSiteTriedAt)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.OffSiteTriedAt, now), cancellationToken) == 1;
    }

    private async Task NoteAsync(string name, OffSiteResult? result, string? failure, CancellationToken cancellationToken)
    {
        await contexts.UndisturbedAsync(
            async record =>
            {
                var node = await record.Nodes.SingleAsync(row => row.Name == name, cancellationToken);
                node.OffSiteAt = result?.AsOf ?? node.OffSiteAt;
                node.OffSiteFailure = failure;
                if (node.IsOffSiteAlerted != failure is not null)
                    await AlertAsync(record, node, cancellationToken);
                return await record.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        outbox.Wake();
    }

    private async Task AlertAsync(RecordContext record, Node node, CancellationToken cancellationToken)
    {
        node.IsOffSiteAlerted = node.OffSiteFailure is not null;
        if (node.OffSiteFailure is { } failure)
            LogFailed(node.Name, failure);
        else
            LogMended(node.Name);
        var now = time.GetUtcNow();
        var administrators = await record.Users.AsNoTracking()
            .Where(user => user.IsAdministrator && user.Status == UserStatus.Active && (user.EndsAt == null || user.EndsAt > now) && user.Email != null)
            .ToListAsync(cancellationToken);
        foreach (var administrator in administrators)
            outbox.Add(record, OffSiteMail.Of(administrator.Email!, node, $"{address.Root}/admin/promises"));
    }

    [LoggerMessage(LogLevel.Error, "the backups of node {Node} are not copied off site: {Reason}")]
    private partial void LogFailed(string node, string reason);

    [LoggerMessage(LogLevel.Information, "the backups of node {Node} are copied off site again")]
    private partial void LogMended(string node);
}
