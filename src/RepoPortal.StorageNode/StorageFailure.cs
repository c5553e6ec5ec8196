using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode;

/// <summary>Says in a sentence what the disk or libsvn said in an exception.</summary>
internal static class StorageFailure
{
    // errno values, which .NET passes on as the HResult of an IOException.
    private const int FileTooLarge = 27;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>What the disk is called that repositories are on.</summary>
    public const string NodeDisk = "the disk of the storage node";

    /// <summary>What the disk is called that backups are on.</summary>
    public const string BackupDisk = "the disk for backups";

    /// <summary>True for the ways in which a disk fails; everything else is a bug.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException or SvnException;

    /// <summary>Whether there was no room on the disk.</summary>
    public static bool IsDiskFull(Exception exception) => exception is SvnException { IsDiskFull: true } or IOException { HResult: NoSpace };

    /// <summary>An exception with a sentence for the repository's owner.</summary>
    /// <param name="what">What was to be done, such as "the repository could not be made".</param>
    /// <param name="exception">Why it failed.</param>
    /// <param name="disk">The disk that was written to.</param>
    public static StorageException Of(string what, Exception exception, string disk = NodeDisk) => new($"{what}: {Reason(exception, disk)}", exception);

    /// <summary>Why the disk refused, in a part of a sentence.</summary>
    public static string Reason(Exception exception, string disk = NodeDisk) => exception switch
    {
        _ when IsDiskFull(exception) => Full(disk),
        IOException { HResult: ReadOnly } => $"{disk} cannot be written to: it is read-only",
        IOException { HResult: QuotaExceeded or FileTooLarge } => $"the storage node has used up what the system allows it on {disk}",
        _ => exception.Message,
    };

    /// <summary>Why <c>svnadmin</c> could not write, or what else it complained about.</summary>
    public static string Reason(Native.SvnAdminExit exit, string disk = NodeDisk) => exit switch
    {
        { IsDiskFull: true } => Full(disk),
        { IsReadOnly: true } => $"{disk} cannot be written to: it is read-only",
        _ => exit.Complaint,
    };

    private static string Full(string disk) => $"{disk} is full";
}
