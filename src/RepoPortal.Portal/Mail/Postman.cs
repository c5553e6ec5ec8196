using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace RepoPortal.Portal.Mail;

/// <summary>Hands one mail to an SMTP server, or writes it into a file.</summary>
internal sealed class Postman(IOptions<MailOptions> options, DataDirectory data, TimeProvider time)
{
    private const int TimeoutMilliseconds = 60_000;

    internal async Task SendAsync(Guid id, MailText mail, CancellationToken cancellationToken)
    {
        using var message = Compose(id, mail);
        if (options.Value.EffectiveMode == MailMode.Smtp)
            await SubmitAsync(message, cancellationToken);
        else
            await WriteAsync(id, message, cancellationToken);
    }

    private MimeMessage Compose(Guid id, MailText mail)
    {
        var settings = options.Value;
        var message = new MimeMessage
        {
            // The same for every attempt, so that a mailbox recognises a mail that was sent twice.
            MessageId = $"{id:n}@{settings.From.Split('@')[^1]}",
            Date = time.GetUtcNow(),
            Subject = mail.Subject,
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(settings.FromName, settings.From));
        message.To.Add(new MailboxAddress(name: null, mail.Recipient));
        return message;
    }

    private async Task SubmitAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(settings.Server!, settings.Port, Protection(settings.Security), cancellationToken);
        if (settings.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private async Task WriteAsync(Guid id, MimeMessage message, CancellationToken cancellationToken)
    {
        // The links in it are secrets: nobody but the server's own user reads the directory.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(data.Mail);
        else
            Directory.CreateDirectory(data.Mail, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(data.Mail, $"{id:n}.eml");
        await message.WriteToAsync(path + ".part", cancellationToken);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static SecureSocketOptions Protection(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
