using System.ComponentModel.DataAnnotations;

namespace RepoPortal.Portal.Mail;

/// <summary>How mail leaves.</summary>
public enum MailMode
{
    /// <summary>By SMTP when a server is set, otherwise into files.</summary>
    Auto,

    /// <summary>By SMTP.</summary>
    Smtp,

    /// <summary>Into <c>.eml</c> files under <c>mail/</c> in the data directory.</summary>
    File,

    /// <summary>Not at all: whoever invites passes the link on.</summary>
    Off,
}

/// <summary>How the connection to the SMTP server is protected.</summary>
public enum MailSecurity
{
    /// <summary>By STARTTLS, which the server must offer.</summary>
    StartTls,

    /// <summary>By TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all; for a server on the same machine.</summary>
    None,
}

/// <summary>The section <c>RepoPortal:Mail</c>.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal:Mail";

    /// <summary>How mail leaves: <c>Auto</c>, <c>Smtp</c>, <c>File</c> or <c>Off</c>.</summary>
    public MailMode Mode { get; set; } = MailMode.Auto;

    /// <summary>The SMTP server's host.</summary>
    public string? Server { get; set; }

    /// <summary>Its port.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected: <c>StartTls</c>, <c>Tls</c> or <c>None</c>.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The account at the SMTP server; unset: none is used.</summary>
    public string? User { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "repoportal@localhost";

    /// <summary>The sender's name.</summary>
    public string FromName { get; set; } = "RepoPortal";

    /// <summary><see cref="Mode"/> with <see cref="MailMode.Auto"/> decided.</summary>
    internal MailMode EffectiveMode =>
        Mode != MailMode.Auto ? Mode : string.IsNullOrEmpty(Server) ? MailMode.File : MailMode.Smtp;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == MailMode.Smtp && string.IsNullOrEmpty(Server))
            yield return new ValidationResult($"{Section}:Mode is 'Smtp', but {Section}:Server is not set.");
        if (!EmailAddress.TryParse(From, out _, out _))
            yield return new ValidationResult($"{Section}:From is '{From}', which is not an e-mail address.");
        if (PlainText.Refuse(FromName, $"{Section}:FromName", 100) is { } sentence)
            yield return new ValidationResult(sentence);
    }
}
