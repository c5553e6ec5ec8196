using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>What Subversion wants to know or to tell: one run of the hook program.</summary>
/// <param name="Hook">The hook's name, such as <c>pre-commit</c>.</param>
/// <param name="RepositoryPath">The repository as Subversion was pointed to it, a served link or the stored directory; absolute.</param>
/// <param name="Arguments">What the hook got beside the path.</param>
internal sealed record HookCall(string Hook, string RepositoryPath, IReadOnlyList<string> Arguments)
{
    /// <summary>Reads the command line that the hook program sends: arguments that each end in a zero byte, the program's own name first.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, [NotNullWhen(true)] out HookCall? call)
    {
        call = null;
        if (message.IsEmpty || message[^1] != 0)
            return false;
        var command = Encoding.UTF8.GetString(message[..^1]).Split('\0');
        if (command.Length < 2 || !Path.IsPathRooted(command[1]))
            return false;
        call = new HookCall(Path.GetFileName(command[0]), command[1], command[2..]);
        return true;
    }
}
