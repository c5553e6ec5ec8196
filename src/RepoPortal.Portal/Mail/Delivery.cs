using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.Mail;

/// <summary>Sends what is in the outbox: at once, and again with growing pauses while the server does not take it.</summary>
internal sealed partial class Delivery(
    IDbContextFactory<RecordContext> contexts, Outbox outbox, Postman postman, IHostApplicationLifetime host, TimeProvider time, ILogger<Delivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);

    // Longer than an attempt can take, so that of several servers one has the mail to itself.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private const int MostAttempts = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await host.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendOneAsync(stoppingToken))
                {
                    // Until nothing is due.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // a database that is away must not end the delivery
            {
                LogInterrupted(exception);
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(outbox.WaitAsync(pause.Token), Task.Delay(Poll, time, pause.Token));
            await pause.CancelAsync();
        }
    }

    /// <returns>False when nothing was due.</returns>
    internal async Task<bool> SendOneAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ClaimAsync(record, cancellationToken) is not { } message)
            return false;
        try
        {
            await postman.SendAsync(message.Id, outbox.Open(message), cancellationToken);
            (message.SentAt, message.DueAt, message.Content, message.LastError) = (time.GetUtcNow(), null, [], null);
        }
        catch (Exception exception) when (IsServersFault(exception))
        {
            Postpone(message, exception);
        }

        await record.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private async Task<OutboxMessage?> ClaimAsync(RecordContext record, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // No mail waits for so long: a clock was ahead when it was dated.
        var never = now + (2 * LongestPause);
        var due = await record.Outbox.OrderBy(row => row.DueAt).FirstOrDefaultAsync(row => row.DueAt <= now || row.DueAt > never, cancellationToken);
        if (due is null)
            return null;
        var seen = due.DueAt;
        var claimed = await record.Outbox.Where(row => row.Id == due.Id && row.DueAt == seen)
            .ExecuteUpdateAsync(row => row.SetProperty(message => message.DueAt, now + Claim), cancellationToken);
        return claimed == 1 ? due : await ClaimAsync(record, cancellationToken);
    }

    private void Postpone(OutboxMessage message, Exception exception)
    {
        message.Attempts++;
        message.LastError = exception.Message;
        var pause = FirstPause * Math.Pow(2, Math.Min(message.Attempts - 1, 10));
        message.DueAt = message.Attempts < MostAttempts ? time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause) : null;
        LogFailed(exception, message.Id, message.Attempts);
    }

    // A key that is gone cannot come back, but belongs here too: one mail that cannot be read must not hold up the others.
    private static bool IsServersFault(Exception exception) => exception
        is IOException or SocketException or AuthenticationException or ProtocolException or CommandException or ServiceNotConnectedException
        or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException or TimeoutException or CryptographicException
        or UnauthorizedAccessException or NotSupportedException;

    [LoggerMessage(LogLevel.Error, "the delivery of mail was interrupted; it goes on in a moment")]
    private partial void LogInterrupted(Exception exception);

    [LoggerMessage(LogLevel.Warning, "mail {Message} could not be sent at attempt {Attempt}; it is tried again")]
    private partial void LogFailed(Exception exception, Guid message, int attempt);
}
