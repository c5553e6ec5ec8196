using System.Net.Sockets;
using System.Text;

namespace RepoPortal.Hook;

/// <summary>The process of the storage node, behind the socket that lies beside this program.</summary>
internal static class StorageNode
{
    private const int MaxSentenceBytes = 4096;

    // The client waits with us; a node that has not answered by then is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends the command line and receives what to do.</summary>
    /// <exception cref="SocketException">The node is away.</exception>
    /// <exception cref="IOException">It went away before it answered.</exception>
    public static Verdict Ask(ReadOnlySpan<byte> command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.SendTimeout = socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(Path.GetDirectoryName(Environment.ProcessPath)!, "socket")));
        while (!command.IsEmpty)
            command = command[socket.Send(command)..];
        socket.Shutdown(SocketShutdown.Send);

        Span<byte> answer = stackalloc byte[1 + MaxSentenceBytes];
        var length = 0;
        for (int received; length < answer.Length && (received = socket.Receive(answer[length..])) > 0;)
            length += received;
        if (length == 0)
            throw new IOException();
        return new Verdict(answer[0], Encoding.UTF8.GetString(answer[1..length]));
    }
}

/// <summary>What the node answered.</summary>
/// <param name="ExitCode">0 lets Subversion go on.</param>
/// <param name="Sentence">Shown to the client, unless it is empty.</param>
internal readonly record struct Verdict(int ExitCode, string Sentence);
