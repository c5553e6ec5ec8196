using System.Globalization;

namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>Says that a dump cannot be read on: it ends too early, or is not what a dump is.</summary>
/// <param name="revision">The revision in whose records that shows; null before the first.</param>
/// <param name="reason">What is wrong, in a sentence without its beginning: "ends in the middle of it".</param>
internal sealed class DumpException(long? revision, string reason) : Exception(Say(revision, reason))
{
    /// <summary>The revision; null before the first.</summary>
    public long? Revision { get; } = revision;

    private static string Say(long? revision, string reason) => revision is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"revision {number} cannot be read: {reason}")
        : reason;
}
