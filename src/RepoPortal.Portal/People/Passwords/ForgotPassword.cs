using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>
/// Takes addresses of people who forgot their password and mails them a link. Whoever asks is answered before anything is looked up, so neither the answer nor
/// its time tells whether there is such an account. A request that is lost with the process is made again by whoever waits for the mail.
/// </summary>
internal sealed partial class ForgotPassword(
    IServiceScopeFactory scopes, Outbox outbox, TimeProvider time, ILogger<ForgotPassword> logger) : BackgroundService
{
    private const int MostWaiting = 1000;
    private const int FreePerNetwork = 20;
    private const int Remembered = 20_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly Channel<EmailAddress> _asked = Channel.CreateBounded<EmailAddress>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly FailureCounts<string> _byNetwork = new(FreePerNetwork, Remembered, time);

    /// <summary>Somebody asks for a link. Who asks very often from one network is not heard for a while, and not told.</summary>
    internal void Ask(EmailAddress email, string network)
    {
        if (_byNetwork.WaitOf(network) is not null)
            return;
        _byNetwork.Add(network);
        _asked.Writer.TryWrite(email);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await AnswerAsync(email, stoppingToken);
            }
            catch (Exception exception) when (exception.IsDatabaseAway())
            {
                LogLost(exception);
            }
        }
    }

    private async Task AnswerAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (record, now) = (services.GetRequiredService<RecordContext>(), time.GetUtcNow());
        if (await record.Users.WithEmail(email).SingleOrDefaultAsync(cancellationToken) is not { } user || !user.IsActive(now) || user.Kind == UserKind.Service)
            return;

        // Nobody's mailbox is filled from here.
        var recently = now - Pause;
        if (await record.Audit.AnyAsync(entry => entry.Action == AuditAction.PasswordForgotten && entry.Subject == user.UserName && entry.At > recently, cancellationToken))
            return;
        var link = (await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(user.Kind)
            ? services.GetRequiredService<PublicAddress>().SetPassword(user.Name, await CodeAsync(services.GetRequiredService<UserManager<User>>(), user))
            : null;
        outbox.Add(record, ResetMail.Write(email, user, link));
        record.Add(AuditEntry.Of(now, Actor.Anonymous, AuditAction.PasswordForgotten, user.UserName!));
        await record.SaveChangesAsync(cancellationToken);
        outbox.Wake();
    }

    private static async Task<string> CodeAsync(UserManager<User> users, User user) =>
        LinkCode.Write(await users.GenerateUserTokenAsync(user, MailedLinkProvider.Name, UserManager<User>.ResetPasswordTokenPurpose));

    [LoggerMessage(LogLevel.Warning, "the database was away, and the mail to reset a password was not sent")]
    private partial void LogLost(Exception exception);
}
