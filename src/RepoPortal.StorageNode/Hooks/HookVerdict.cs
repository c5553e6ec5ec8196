using System.Text;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>What the hook program hands back to Subversion.</summary>
/// <param name="Sentence">Why not, in a sentence that the client shows to the person at it; null lets Subversion go on.</param>
internal readonly record struct HookVerdict(string? Sentence)
{
    /// <summary>Nothing against it.</summary>
    public static HookVerdict Allow => default;

    /// <summary>The exit code, then what goes to standard error.</summary>
    public byte[] ToBytes() => Sentence is null ? [0] : [1, .. Encoding.UTF8.GetBytes(Sentence + "\n")];
}
