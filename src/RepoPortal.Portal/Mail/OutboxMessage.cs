namespace RepoPortal.Portal.Mail;

/// <summary>A mail that is to be sent: written in the same save as its cause, so that neither is lost without the other.</summary>
public sealed class OutboxMessage
{
    /// <summary>Its row; also part of its Message-Id, so that a mail sent twice is seen to be one.</summary>
    public required Guid Id { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string Recipient { get; init; }

    /// <summary>Subject and bodies, encrypted with the server's data-protection keys since links in them are secrets; empty once it was sent.</summary>
    public required byte[] Content { get; set; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is to be tried next; also what one of several servers claims it by. Null when it is done with.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When it was sent; null when it was not.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; set; }
}
