using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Where the hook programs of all repositories of this node ask.</summary>
internal sealed class HookSocket(NodeDirectories directories, HookDispatch dispatch, TimeProvider time, ILogger<HookSocket> logger) : BackgroundService
{
    // struct sockaddr_un in sys/un.h has room for 108 bytes, the last of which is zero.
    private const int MaxPathBytes = 107;
    private const int MaxCallBytes = 64 * 1024;
    private const int Backlog = 512;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>The socket's path; the hook program looks for it beside itself.</summary>
    public string SocketPath => Path.Combine(directories.Hook, "socket");

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(SocketPath) > MaxPathBytes)
            throw new StorageException($"The path '{SocketPath}' is too long for a socket, which has room for {MaxPathBytes} bytes; choose a shorter data directory.");
        // One that an earlier process left; the node's lock says that nobody listens there.
        File.Delete(SocketPath);
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen(Backlog);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _listener.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.AcceptAsync(stoppingToken), stoppingToken);
            }
            catch (SocketException exception)
            {
                // Out of file descriptors, most likely; hooks that wait are in the backlog.
                logger.LogError(exception, "A hook could not be accepted");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task AnswerAsync(Socket connection, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        using (connection)
        {
            try
            {
                var message = await ReceiveAsync(connection, limit.Token);
                var verdict = HookCall.TryParse(message.Span, out var call)
                    ? dispatch.Decide(call)
                    : new HookVerdict("RepoPortal did not understand its own hook; the installed program may be of another version.");
                if (verdict.Sentence is not null)
                    logger.LogWarning("Refused {Hook} for {Repository}: {Sentence}", call?.Hook, call?.RepositoryPath, verdict.Sentence);
                await connection.SendAsync(verdict.ToBytes(), limit.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                logger.LogWarning("A hook went away before it was answered");
            }
            catch (Exception exception)
            {
                // Nobody awaits us, so a bug would go unseen. The hook gets no answer, and refuses.
                logger.LogError(exception, "A hook could not be answered");
            }
        }
    }

    /// <summary>Reads until the other side has said everything, or more than a command line can be.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReceiveAsync(Socket connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        var length = 0;
        while (await connection.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is var received and > 0)
        {
            length += received;
            if (length == MaxCallBytes)
                return default;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 4, MaxCallBytes));
        }

        return buffer.AsMemory(0, length);
    }
}
