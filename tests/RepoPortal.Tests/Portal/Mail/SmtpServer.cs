using System.Net.Sockets;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Mail;

/// <summary>A real SMTP server (Debian's python3-aiosmtpd) that puts mail into a maildir.</summary>
internal static class SmtpServer
{
    public static async Task<LeashedProcess> StartAsync(int port, string maildir)
    {
        // Debian's own interpreter has the module, whichever one comes first in the path.
        var server = LeashedProcess.Start(
            "TERM", "/usr/bin/python3", "-m", "aiosmtpd", "--nosetuid", "--listen", $"127.0.0.1:{port}", "--class", "aiosmtpd.handlers.Mailbox", maildir);
        await Eventually.TrueAsync(() => AcceptsAsync(port), TimeSpan.FromSeconds(20));
        return server;
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
