namespace RepoPortal.Portal.Mail;

/// <summary>A mail before it is put into MIME.</summary>
/// <param name="Recipient">An address in the grammar of <see cref="EmailAddress"/>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The plain part.</param>
/// <param name="Html">The same in HTML, without a document around it.</param>
internal sealed record MailText(string Recipient, string Subject, string Text, string Html);
