using System.Net.Sockets;
using System.Text;
using RepoPortal.Hook;

// Subversion runs this program under the names of its hooks. The kernel keeps the command line as it was given: each argument ends in a zero byte,
// and none is decoded, so that a path in any encoding arrives as it is.
var command = File.ReadAllBytes("/proc/self/cmdline");
try
{
    var verdict = StorageNode.Ask(command);
    await Console.Error.WriteAsync(verdict.Sentence);
    return verdict.ExitCode;
}
catch (Exception away) when (away is SocketException or IOException)
{
    // After the fact there is nothing to refuse: the node finds out at its next start, and the client need not be alarmed.
    if (Path.GetFileName(Encoding.UTF8.GetString(command.AsSpan(0, command.AsSpan().IndexOf((byte)0)))).StartsWith("post-", StringComparison.Ordinal))
        return 0;
    await Console.Error.WriteLineAsync("RepoPortal is not running on this server, so nothing was changed. Try again in a minute.");
    return 1;
}
