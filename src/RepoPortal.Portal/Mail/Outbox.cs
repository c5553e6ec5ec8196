using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.Mail;

/// <summary>Takes mail in the same save as its cause; <see cref="Delivery"/> sends it afterwards.</summary>
internal sealed class Outbox(IDataProtectionProvider protection, IOptions<MailOptions> options, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("RepoPortal.Outbox");
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a mail to what <paramref name="record"/> saves next.</summary>
    /// <returns>False when mail is off and nothing was added.</returns>
    internal bool Add(RecordContext record, MailText mail)
    {
        if (options.Value.EffectiveMode == MailMode.Off)
            return false;
        var now = time.GetUtcNow();
        record.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Recipient = mail.Recipient,
            Content = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(mail)),
            CreatedAt = now,
            DueAt = now,
        });
        return true;
    }

    /// <summary>Reads back what <see cref="Add"/> wrote.</summary>
    internal MailText Open(OutboxMessage message) => JsonSerializer.Deserialize<MailText>(_protector.Unprotect(message.Content))!;

    /// <summary>Says that something was saved to be sent.</summary>
    internal void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Done when something may be there to be sent.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken) => await _wake.Reader.ReadAsync(cancellationToken);
}
