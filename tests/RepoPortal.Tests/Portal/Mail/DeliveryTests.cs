using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Mail;

public sealed class DeliveryTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Writes_mail_into_files_when_no_server_is_set(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var link = await InviteAsync(portal, "someone@elsewhere.example", "<b>Ice</b> & sea");

        var mail = await ReadOneAsync(portal.Data.Mail, "*.eml");

        Assert.Equal("someone@elsewhere.example", mail.To.Mailboxes.Single().Address);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Ice&lt;/b&gt; &amp; sea", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<b>Ice</b> & sea", mail.TextBody, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Outbox.AllAsync(row => row.SentAt != null && row.Content.Length == 0)));
    }

    [Theory, OnEachDatabase]
    public async Task Hands_mail_to_a_real_server_and_tries_again_while_it_is_away(Database database)
    {
        using var inbox = new ScratchDirectory();
        var port = FreePort();
        await using var portal = await portals.StartAsync(
            database,
            ("RepoPortal:Mail:Server", "127.0.0.1"),
            ("RepoPortal:Mail:Port", $"{port}"),
            ("RepoPortal:Mail:Security", "None"),
            ("RepoPortal:Mail:From", "portal@lab.example"));
        var link = await InviteAsync(portal, "someone@elsewhere.example", "Ærø 漢字");
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Outbox.AnyAsync(row => row.Attempts == 1 && row.LastError != null)));

        await using var server = await SmtpServer.StartAsync(port, inbox["maildir"]);
        await portal.RecordAsync(record => record.Outbox.ExecuteUpdateAsync(row => row.SetProperty(message => message.DueAt, TimeProvider.System.GetUtcNow())));

        var mail = await ReadOneAsync(inbox["maildir/new"], "*");
        Assert.Equal("portal@lab.example", mail.From.Mailboxes.Single().Address);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Ærø 漢字", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_the_link_to_the_inviter_when_mail_is_off()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite, ("RepoPortal:Mail:Mode", "Off"));

        Assert.NotEmpty(await InviteAsync(portal, "someone@elsewhere.example", ""));
        Assert.Equal(0, await portal.RecordAsync(record => record.Outbox.CountAsync()));
    }

    private static async Task<string> InviteAsync(PortalHost portal, string email, string description)
    {
        var owner = await portal.PersonAsync("owner");
        var repository = await portal.RepositoryAsync(owner, description: description);
        var sent = await owner.Api.PostAsJsonAsync($"/api/v1/repositories/{repository.Name}/invitations", new { email, access = "read" }).JsonAsync(HttpStatusCode.Created);
        return sent.Text("acceptUrl");
    }

    private static async Task<MimeMessage> ReadOneAsync(string directory, string pattern)
    {
        await Eventually.TrueAsync(() => Directory.Exists(directory) && Directory.EnumerateFiles(directory, pattern).Any(), TimeSpan.FromSeconds(40));
        return await MimeMessage.LoadAsync(Directory.EnumerateFiles(directory, pattern).Single());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
