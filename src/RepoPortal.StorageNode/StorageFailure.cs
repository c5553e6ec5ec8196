using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode;

/// <summary>Says in a sentence what the disk or libsvn said in an exception.</summary>
internal static class StorageFailure
{
    // errno values, which .NET passes on as the HResult of an IOException.
    private const int FileTooLarge = 27;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>True for the ways in which a disk fails; everything else is a bug.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException or SvnException;

    /// <summary>An exception with a sentence for the repository's owner.</summary>
    /// <param name="what">What was to be done, such as "the repository could not be made".</param>
    /// <param name="exception">Why it failed.</param>
    public static StorageException Of(string what, Exception exception) => new($"{what}: {Reason(exception)}", exception);

    private static string Reason(Exception exception) => exception switch
    {
        SvnException { IsDiskFull: true } or IOException { HResult: NoSpace } => "the disk of the storage node is full",
        IOException { HResult: QuotaExceeded or FileTooLarge } => "the storage node has used up what the system allows it on its disk",
        _ => exception.Message,
    };
}
