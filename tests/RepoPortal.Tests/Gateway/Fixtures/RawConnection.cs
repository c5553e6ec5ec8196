using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>A socket on which requests are spelled byte by byte, because every HTTP client tidies them up.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly NetworkStream _stream;

    private RawConnection(Uri server)
    {
        _client.Connect(server.Host, server.Port);
        _client.ReceiveTimeout = 20_000;
        _stream = _client.GetStream();
    }

    public static RawConnection Open(Uri server) => new(server);

    /// <summary>Sends text as ASCII; line ends become CR LF.</summary>
    public void Send(string text) => _stream.Write(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>Reads one response with its body.</summary>
    public (int Status, string Head, string Body) Receive()
    {
        var (status, head) = ReceiveHead();
        return (status, head, status is 100 or 204 or 304 ? "" : ReadBody(head));
    }

    /// <summary>Reads the head of a response and leaves its body where it is.</summary>
    public (int Status, string Head) ReceiveHead()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)ReadByte());
        var text = head.ToString();
        var status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        return (status, text);
    }

    /// <summary>Reads until the server has closed or broken the connection; how many bytes there were.</summary>
    public long Drain()
    {
        var buffer = new byte[1 << 16];
        var drained = 0L;
        try
        {
            for (int read; (read = _stream.Read(buffer)) > 0;)
                drained += read;
        }
        catch (IOException broken) when (broken.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return drained;
        }

        return drained;
    }

    public void Dispose() => _client.Dispose();

    private string ReadBody(string head)
    {
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
            return ReadText(int.Parse(length.AsSpan(15), CultureInfo.InvariantCulture));
        var body = new StringBuilder();
        while (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            var size = new StringBuilder();
            while (!size.ToString().EndsWith("\r\n", StringComparison.Ordinal))
                size.Append((char)ReadByte());
            var count = int.Parse(size.ToString().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(ReadText(count));
            ReadText(2);
            if (count == 0)
                break;
        }

        return body.ToString();
    }

    private string ReadText(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private int ReadByte() => _stream.ReadByte() is >= 0 and var read ? read : throw new EndOfStreamException();
}
